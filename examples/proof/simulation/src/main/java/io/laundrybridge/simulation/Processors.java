package io.laundrybridge.simulation;

import java.util.ArrayList;
import java.util.List;

/** The processors of one node, which its threads share evenly. */
final class Processors {
    private final int count;
    private final Warmth warmth;
    private final List<SimulatedThread> threads = new ArrayList<>();
    private double busy;

    Processors(int count, Warmth warmth) {
        this.count = count;
        this.warmth = warmth;
    }

    void add(SimulatedThread thread) {
        threads.add(thread);
    }

    /** Returns how long work of {@code nanos} takes that begins at {@code now}. */
    long duration(long nanos, long now) {
        int running = 0;
        for (SimulatedThread each : threads) {
            running += each.isAsleep() ? 0 : 1;
        }
        double work = nanos * warmth.slowdown(now);
        busy += work;
        return (long) (work * Math.max(1, (double) running / count));
    }

    /** Returns the nanoseconds that processors have worked so far. */
    double busy() {
        return busy;
    }
}
