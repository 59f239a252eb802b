package io.laundrybridge.testing;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up what the bridge counts, all channels together. Thread-safe. */
public final class CountingTelemetry implements Telemetry {
    private final Map<Meter, Long> sums = new ConcurrentHashMap<>();

    @Override
    public void add(Meter meter, String channel, long amount) {
        sums.merge(meter, amount, Long::sum);
    }

    /** The sum of {@code meter}. */
    public long sum(Meter meter) {
        return sums.getOrDefault(meter, 0L);
    }
}
