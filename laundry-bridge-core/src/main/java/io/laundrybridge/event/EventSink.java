package io.laundrybridge.event;

import io.laundrybridge.channel.Channel;

/** Where the events of channels go: the sessions of browsers, a callback, another system. */
public interface EventSink {

    /**
     * Hears that a bridge was built which will attach {@code channel} when it starts. Does nothing by default.
     */
    default void announce(Channel channel) {}

    /** Begins to read {@code channel}; its source may not be there yet. */
    void attach(Channel channel);

    /**
     * Ends the reading of {@code channel} and informs its readers. Waits until they are informed, within bounds. May be
     * called again, and for a channel that was never attached because its bridge stopped before it started, or could
     * not.
     */
    void detach(Channel channel);
}
