package io.laundrybridge.example.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ages in milliseconds, and their percentiles. Thread-safe. */
final class Ages {
    private final List<Long> ages = new ArrayList<>();

    synchronized void add(long millis) {
        ages.add(millis);
    }

    /** Returns the percentiles in one line. */
    synchronized String line() {
        return "p50 %5d   p99 %5d   of %d rows".formatted(percentile(50), percentile(99), ages.size());
    }

    /** Returns the age that {@code percent} of all do not exceed; 0 without any. */
    synchronized long percentile(int percent) {
        if (ages.isEmpty()) {
            return 0;
        }
        Collections.sort(ages);
        return ages.get(Math.max(0, (ages.size() * percent + 99) / 100 - 1));
    }
}
