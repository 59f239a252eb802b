package io.laundrybridge.event;

/**
 * The destination of channels' events: browsers ({@code WebSocketSink}) or a handler in the application
 * ({@code CallbackSink}). A sink takes any number of channels. The library implements it; to take events somewhere
 * else, implement {@link EventHandler}.
 */
public interface EventSink {

    /**
     * Announces a bridge that was built and will attach {@code stream} when it starts. Does nothing by default.
     *
     * @param stream the stream of one channel
     */
    default void announce(EventStream stream) {}

    /**
     * Begins to read {@code stream}, whose source may not be available yet.
     *
     * @param stream the stream of one channel
     * @throws IllegalStateException if the sink reads another stream of that name, or was closed
     */
    void attach(EventStream stream);

    /**
     * Ends reading {@code stream} and informs the clients that read it. Waits until they are informed, within bounds.
     * It may be called again, and for a stream that was never attached, because its bridge did not start.
     *
     * @param stream the stream of one channel
     */
    void detach(EventStream stream);
}
