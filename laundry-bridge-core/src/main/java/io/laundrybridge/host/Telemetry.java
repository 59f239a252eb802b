package io.laundrybridge.host;

/**
 * Receives the bridge's meters. Implementations are called from hot threads: they must be thread-safe and must not
 * block. Exceptions are logged at most once in 10 s and have no other effect. Labels are channel names from the
 * configuration, never keys, users or sessions.
 */
public interface Telemetry {

    /** Ignores all meters. */
    Telemetry NONE = (meter, channel, amount) -> {};

    /**
     * Adds {@code amount} to a counter, or to a gauge that goes up and down.
     *
     * @param meter the meter
     * @param channel the channel's name, or "" for meters without a channel
     * @param amount what is added; below zero for gauges alone
     */
    void add(Meter meter, String channel, long amount);
}
