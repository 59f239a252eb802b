package io.laundrybridge.channel;

/** Where the events of channels go: the sessions of browsers, a callback, another system. */
public interface EventSink {

    /** Begins to read {@code channel}; its source may not be there yet. */
    void attach(Channel channel);

    /** Ends reading {@code channel} and tells those who depend on it. Waits until they have been told, within bounds. */
    void detach(Channel channel);
}
