package io.laundrybridge;

import java.time.Instant;

/**
 * The state of a channel at one moment. Immutable.
 *
 * @param channel the channel's name
 * @param state the state of its bridge
 * @param reason why it is waiting, stale or failed, in one sentence without addresses or secrets; else ""
 * @param since when it came into this state
 */
public record ChannelStatus(String channel, BridgeState state, String reason, Instant since) {

    /**
     * {@return whether the channel can serve sessions} It can as soon as its history is loaded, also while its source
     * is away ({@link BridgeState#STALE}): sessions stay and go on from memory. A failed channel cannot.
     */
    public boolean ready() {
        return state == BridgeState.LIVE || state == BridgeState.STALE;
    }
}
