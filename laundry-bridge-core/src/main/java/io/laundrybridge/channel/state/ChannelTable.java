package io.laundrybridge.channel.state;

import org.jspecify.annotations.Nullable;

/** The state of a channel, for those who read it. Thread-safe. */
public interface ChannelTable {

    /**
     * The newest value of every key, not older than a second unless nothing changed since; null if the channel has more
     * state than its limits allow.
     */
    @Nullable StateImage image();
}
