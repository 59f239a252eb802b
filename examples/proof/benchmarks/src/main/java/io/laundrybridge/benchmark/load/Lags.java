package io.laundrybridge.benchmark.load;

import java.util.ArrayList;
import java.util.List;

/** How far the clients are behind, in microseconds. Used by one thread at a time. */
final class Lags {
    /** A client less far behind than this is live. */
    private static final long LIVE_MICROS = 1_000_000;

    private final List<Long> lags = new ArrayList<>();

    void add(long micros) {
        lags.add(micros);
    }

    /** Returns one line of {@code name=value}; {@code live} counts clients. */
    String line() {
        List<Long> sorted = lags.stream().sorted().toList();
        return "lags live=" + sorted.stream().filter(lag -> lag < LIVE_MICROS).count() + " p50=" + at(sorted, 0.5)
                + " p99=" + at(sorted, 0.99) + " max=" + at(sorted, 1);
    }

    private static long at(List<Long> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
