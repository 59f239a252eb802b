package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/** Warms a server up: until what a delivery costs has come to rest, within bounds. */
final class Warmth {
    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final double AT_REST = 0.1;
    private static final int SLICES_AT_REST = 2;

    private Warmth() {}

    static void reach(Station station) {
        station.produce(station.workload().warmRate());
        long deadline = System.nanoTime() + station.timing().warmUp().toNanos();
        double before = Double.NaN;
        int atRest = 0;
        while (atRest < SLICES_AT_REST
                && System.nanoTime() < deadline
                && station.death().isEmpty()) {
            station.mark();
            long cpu = station.figures().cpuMicros();
            Station.sleep(SLICE);
            double cost = (station.figures().cpuMicros() - cpu) / station.read().getOrDefault("events", 0.0);
            atRest = Math.abs(cost / before - 1) < AT_REST ? atRest + 1 : 0;
            before = cost;
        }
        station.drain(station.stopProducing());
    }
}
