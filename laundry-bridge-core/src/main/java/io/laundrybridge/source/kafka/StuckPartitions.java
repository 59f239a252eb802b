package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.Arrays;

/** Measures how long a partition has not moved although it had records to read. Confined to the poll thread. */
final class StuckPartitions {

    /** How long a partition may not move before the handlers are stale. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private long[] places = new long[0];
    private long[] since = new long[0];

    /**
     * Returns the longest time, up to {@code nanos}, that a partition has been at its {@code place} before its {@code
     * goal}.
     */
    Duration stuck(PositionVector place, PositionVector goal, long nanos) {
        grow(goal.partitions(), nanos);
        long longest = 0;
        for (int p = 0; p < goal.partitions(); p++) {
            boolean arrived = place.next(p) >= goal.next(p);
            if (arrived || place.next(p) != places[p]) {
                places[p] = arrived ? -1 : place.next(p);
                since[p] = nanos;
            }
            longest = Math.max(longest, nanos - since[p]);
        }
        return Duration.ofNanos(longest);
    }

    void clear() {
        places = new long[0];
        since = new long[0];
    }

    private void grow(int partitions, long nanos) {
        int known = places.length;
        if (partitions > known) {
            places = Arrays.copyOf(places, partitions);
            since = Arrays.copyOf(since, partitions);
            Arrays.fill(places, known, partitions, -1);
            Arrays.fill(since, known, partitions, nanos);
        }
    }
}
