package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/**
 * Warms a server up until it has the age at which it is measured: by default two minutes, so that windows are in its
 * third. Half a minute after the start a compiler may still cost more than the code it compiles.
 */
final class Warmth {
    private static final Duration LOOK = Duration.ofMillis(200);

    private Warmth() {}

    /** Sends events at the rate for warm-ups until only {@code rest} of the warm-up is left. */
    static void reach(Station station, Duration rest) {
        station.produce(station.workload().warmRate());
        long least = System.nanoTime() + rest.toNanos();
        Duration until = station.timing().warmUp().minus(rest);
        while ((station.age().compareTo(until) < 0 || System.nanoTime() < least)
                && station.death().isEmpty()) {
            Station.sleep(LOOK);
        }
        station.drain(station.stopProducing());
    }
}
