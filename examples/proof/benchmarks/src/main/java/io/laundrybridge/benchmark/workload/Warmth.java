package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/**
 * Warms a server up until the cost of a delivery is stable and the compilers rest, within bounds. Half a minute after
 * the start a compiler may still cost more than the code it compiles.
 */
final class Warmth {
    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final double AT_REST = 0.1;
    private static final double COMPILING = 0.05;
    private static final int SLICES_AT_REST = 2;

    private Warmth() {}

    static void reach(Station station) {
        station.produce(station.workload().warmRate());
        long deadline = System.nanoTime() + station.timing().warmUp().toNanos();
        Slice before = Slice.NONE;
        int atRest = 0;
        while (atRest < SLICES_AT_REST
                && System.nanoTime() < deadline
                && station.death().isEmpty()) {
            Slice now = Slice.of(station);
            atRest = now.isAtRestAfter(before) ? atRest + 1 : 0;
            before = now;
        }
        station.drain(station.stopProducing());
    }

    /** Waits while the producer runs, until the compilers rest, within bounds. */
    static void runIn(Station station) {
        Station.sleep(station.timing().runIn());
        long deadline = System.nanoTime()
                + station.timing()
                        .longestRunIn()
                        .minus(station.timing().runIn())
                        .toNanos();
        int atRest = 0;
        while (atRest < SLICES_AT_REST
                && System.nanoTime() < deadline
                && station.death().isEmpty()) {
            atRest = Slice.of(station).compiling < COMPILING ? atRest + 1 : 0;
        }
    }

    /**
     * One step of the warm-up.
     *
     * @param cost of a delivery
     * @param compiling the compilers' part of the cost
     */
    private record Slice(double cost, double compiling) {
        static final Slice NONE = new Slice(Double.NaN, 1);

        static Slice of(Station station) {
            station.mark();
            double cpu = station.figures().cpuMicros();
            long compilers = station.figures().compilerMicros();
            Station.sleep(SLICE);
            double spent = station.figures().cpuMicros() - cpu;
            double compiled = station.figures().compilerMicros() - compilers;
            return new Slice(spent / station.read().getOrDefault("events", 0.0), compiled / spent);
        }

        boolean isAtRestAfter(Slice before) {
            return Math.abs(cost / before.cost - 1) < AT_REST && compiling < COMPILING;
        }
    }
}
