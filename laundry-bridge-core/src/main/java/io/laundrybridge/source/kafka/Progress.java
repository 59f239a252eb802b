package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;
import java.util.Map;

/** The place of one handler, partition by partition; a vector that can be written. Confined to the poll thread. */
final class Progress {
    private long[] next = new long[0];
    private int[] epochs = new int[0];

    void set(PositionVector vector) {
        grow(vector.partitions());
        for (int p = 0; p < next.length; p++) {
            next[p] = vector.next(p);
            epochs[p] = vector.epoch(p);
        }
    }

    /** New partitions stand at offset 0. */
    void grow(int partitions) {
        int known = next.length;
        if (partitions > known) {
            next = Arrays.copyOf(next, partitions);
            epochs = Arrays.copyOf(epochs, partitions);
            Arrays.fill(epochs, known, partitions, PositionVector.NO_EPOCH);
        }
    }

    long next(int partition) {
        return next[partition];
    }

    int epoch(int partition) {
        return epochs[partition];
    }

    /** Moves {@code partition} forward; whether it moved. */
    boolean advance(int partition, long to, int epoch) {
        if (to <= next[partition]) {
            return false;
        }
        next[partition] = to;
        epochs[partition] = epoch;
        return true;
    }

    /** Whether every partition stands at or beyond {@code goal}. */
    boolean reaches(PositionVector goal) {
        for (int p = 0; p < goal.partitions(); p++) {
            if (next[p] < goal.next(p)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a partition stands beyond its offset in {@code offsets}. */
    boolean isBeyond(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream().anyMatch(at -> next[at.getKey()] > at.getValue());
    }

    PositionVector vector() {
        return PositionVector.of(next, epochs);
    }
}
