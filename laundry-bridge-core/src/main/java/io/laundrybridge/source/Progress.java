package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;
import java.util.Map;

/**
 * A place in a stream that moves, partition by partition: a {@link PositionVector} that can be written. Confined to
 * one thread.
 */
public final class Progress {
    private long[] next = new long[0];
    private int[] epochs = new int[0];

    /** The beginning of a stream without partitions. */
    public Progress() {}

    /** Moves to {@code vector}, back as well as forward. */
    public void set(PositionVector vector) {
        grow(vector.partitions());
        for (int p = 0; p < next.length; p++) {
            next[p] = vector.next(p);
            epochs[p] = vector.epoch(p);
        }
    }

    /** Takes up new partitions; they begin at offset 0. */
    public void grow(int partitions) {
        int known = next.length;
        if (partitions > known) {
            next = Arrays.copyOf(next, partitions);
            epochs = Arrays.copyOf(epochs, partitions);
            Arrays.fill(epochs, known, partitions, PositionVector.NO_EPOCH);
        }
    }

    /** The next offset in {@code partition}. */
    public long next(int partition) {
        return next[partition];
    }

    /** The leader epoch of the record before {@link #next}, or {@link PositionVector#NO_EPOCH}. */
    public int epoch(int partition) {
        return epochs[partition];
    }

    /** Moves {@code partition} forward; whether it moved. */
    public boolean advance(int partition, long to, int epoch) {
        if (to <= next[partition]) {
            return false;
        }
        next[partition] = to;
        epochs[partition] = epoch;
        return true;
    }

    /** Whether every partition is at or beyond {@code goal}. */
    public boolean reaches(PositionVector goal) {
        for (int p = 0; p < goal.partitions(); p++) {
            if (next[p] < goal.next(p)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a partition is beyond its offset in {@code offsets}. */
    public boolean isBeyond(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream().anyMatch(at -> next[at.getKey()] > at.getValue());
    }

    /** The place as it is now. */
    public PositionVector vector() {
        return PositionVector.of(next, epochs);
    }
}
