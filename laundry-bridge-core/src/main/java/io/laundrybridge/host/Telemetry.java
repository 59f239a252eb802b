package io.laundrybridge.host;

/**
 * Takes the bridge's meters. Implementations are called from hot threads: they must be thread-safe and must not block.
 * What they throw is logged at most once in 10 s and changes nothing.
 * Labels are channel names from the configuration, never keys, users or sessions.
 */
public interface Telemetry {

    /** Takes nothing. */
    Telemetry NONE = (meter, channel, amount) -> {};

    /**
     * Adds {@code amount} to a counter, or to a gauge that goes up and down.
     *
     * @param channel the channel's name, or "" where a meter has none
     */
    void add(Meter meter, String channel, long amount);
}
