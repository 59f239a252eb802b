package io.laundrybridge.dashboard.simulator;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Seeds for a test: one that never changes and one that is new each time; {@code -Dlaundry.seed=n} repeats a run. */
final class Seeds {
    private Seeds() {}

    static LongStream seeds() {
        Long given = Long.getLong("laundry.seed");
        LongStream seeds =
                given != null ? LongStream.of(given) : LongStream.of(42, new SplittableRandom().nextLong(1_000_000));
        return seeds.peek(seed -> System.out.println("laundry.seed=" + seed));
    }
}
