package io.laundrybridge;

/** Receives the state changes of a bridge. */
@FunctionalInterface
public interface BridgeListener {

    /**
     * Receives a new state. Called on the source's thread, or on the thread that starts or stops the bridge; must
     * return soon. What it throws, errors included, is logged at most once in 10 s.
     *
     * @param bridge the bridge
     * @param state its new state
     * @param reason why it is stale or failed, in one sentence; else ""
     */
    void changed(Bridge bridge, BridgeState state, String reason);
}
