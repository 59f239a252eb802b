package io.laundrybridge;

import java.util.List;

/**
 * The states of all channels of a {@link LaundryBridge} at one moment. Immutable.
 *
 * @param channels one per channel, in alphabetical order
 */
public record BridgeHealth(List<ChannelStatus> channels) {

    /**
     * Makes a health.
     *
     * @param channels one per channel
     */
    public BridgeHealth {
        channels = List.copyOf(channels);
    }

    /** {@return whether all channels are {@linkplain ChannelStatus#ready ready}, so that sessions may be sent here} */
    public boolean ready() {
        return channels.stream().allMatch(ChannelStatus::ready);
    }
}
