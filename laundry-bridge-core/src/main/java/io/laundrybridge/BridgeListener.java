package io.laundrybridge;

/** Hears of a bridge's life. */
@FunctionalInterface
public interface BridgeListener {

    /**
     * The bridge's state is another. Called on the source's thread or the one that starts or stops the bridge: return
     * soon. What it throws, errors too, is logged at most once in 10 s.
     *
     * @param bridge the bridge
     * @param state its new state
     * @param reason why it is stale or failed, in one sentence; else ""
     */
    void changed(Bridge bridge, BridgeState state, String reason);
}
