package io.laundrybridge.event;

/** Receives the events of a channel inside the application. Called on one thread, in the channel's order. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Receives one event. Exceptions and errors are logged at most once in 10 s; the next event still follows.
     *
     * @param event the event
     * @throws Exception anything, logged at most once in 10 s
     */
    void event(Event event) throws Exception;

    /**
     * Called if records may be missing in {@code channel}. Does nothing unless overridden.
     *
     * @param channel the channel's name
     * @param gap the offsets that may be missing, and why
     */
    default void gap(String channel, Gap gap) {}

    /**
     * Called if everything received so far from {@code channel} is void. Does nothing unless overridden.
     *
     * @param channel the channel's name
     * @param reason why
     */
    default void reset(String channel, ResetReason reason) {}
}
