package io.laundrybridge.link;

import io.laundrybridge.channel.ChannelPhase;
import java.util.function.BooleanSupplier;

/** What a bridge connects: one direction of a channel, or both. Connected once and disconnected once. Thread-safe. */
public interface Link {

    /**
     * Whether events or publishes flow.
     *
     * @param phase loading, live, stale or failed
     * @param reason why they do not; else ""
     * @param passes whether the reason usually passes by itself
     */
    record Condition(ChannelPhase phase, String reason, boolean passes) {}

    /** Returns the name of the channel. */
    String name();

    /** Calls {@code changed} whenever {@link #condition} may have changed. */
    void listen(Runnable changed);

    /** Returns the present condition. */
    Condition condition();

    /** Connects. Ends after the current step once {@code over} is true. */
    void connect(BooleanSupplier over);

    /** Disconnects. Logs what does not close cleanly. */
    void disconnect();
}
