package io.laundrybridge.host;

import java.util.function.LongSupplier;

/**
 * Receives the bridge's meters. Implementations are called from hot threads: they must be thread-safe and must not
 * block. Exceptions are logged at most once in 10 s and have no other effect. Labels are channel names from the
 * configuration, or one of a meter's few reasons; never keys, users or sessions.
 */
public interface Telemetry {

    /** Ignores all meters. */
    Telemetry NONE = (meter, label, amount) -> {};

    /**
     * Adds {@code amount} to a counter, or to a gauge that goes up and down.
     *
     * @param meter the meter
     * @param label the value of the meter's {@linkplain Meter#tag() tag}: the channel's name or the reason; "" for
     *     meters without a tag
     * @param amount what is added; below zero for gauges alone
     */
    void add(Meter meter, String label, long amount);

    /**
     * Adds one occurrence to a timer. Ignored by default.
     *
     * @param meter the meter
     * @param label the value of the meter's tag; "" for meters without a tag
     * @param nanos how long it took, in nanoseconds; at least 0
     */
    default void time(Meter meter, String label, long nanos) {}

    /**
     * Offers a gauge that is computed when it is asked for, by any thread. It may take up to 100 ms. If several are
     * offered for one meter and label, the greatest value counts. Ignored by default.
     *
     * @param meter the meter
     * @param label the value of the meter's tag; "" for meters without a tag
     * @param value computes the present value
     * @return ends the offer; idempotent
     */
    default Runnable observe(Meter meter, String label, LongSupplier value) {
        return () -> {};
    }
}
