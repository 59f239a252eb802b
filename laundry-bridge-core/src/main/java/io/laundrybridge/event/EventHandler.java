package io.laundrybridge.event;

/** Takes the events of a channel inside the application. Called on one thread, in the channel's order. */
@FunctionalInterface
public interface EventHandler {

    /** One event. What it throws, errors too, is logged at most once in 10 s; the next event comes all the same. */
    void event(Event event) throws Exception;

    /** Records may be missing in {@code channel}. Does nothing unless overridden. */
    default void gap(String channel, Gap gap) {}

    /** What came so far from {@code channel} is void. Does nothing unless overridden. */
    default void reset(String channel, ResetReason reason) {}
}
