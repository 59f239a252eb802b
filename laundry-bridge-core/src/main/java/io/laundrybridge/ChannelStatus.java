package io.laundrybridge;

import java.time.Instant;

/**
 * The state of a channel at one moment. Immutable.
 *
 * @param channel the channel's name
 * @param state the state of its bridge
 * @param reason why it is waiting, stale or failed, in one sentence without addresses or secrets; else ""
 * @param since when it came into this state
 * @param warmingUp whether the node still warms up ({@code laundry-bridge.warm-up})
 */
public record ChannelStatus(String channel, BridgeState state, String reason, Instant since, boolean warmingUp) {

    /**
     * Makes the status of a channel on a node that does not warm up.
     *
     * @param channel the channel's name
     * @param state the state of its bridge
     * @param reason why it is waiting, stale or failed, in one sentence; else ""
     * @param since when it came into this state
     */
    public ChannelStatus(String channel, BridgeState state, String reason, Instant since) {
        this(channel, state, reason, since, false);
    }

    /**
     * {@return whether the channel can serve sessions} It can as soon as its history is loaded, also while its source
     * is away ({@link BridgeState#STALE}): sessions stay and go on from memory. A failed channel cannot. While the node
     * warms up it serves sessions too, but slower than soon, so it is not ready.
     */
    public boolean ready() {
        return !warmingUp && (state == BridgeState.LIVE || state == BridgeState.STALE);
    }
}
