package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;
import java.util.Map;

/**
 * A place in a stream that moves, partition by partition. It is a {@link PositionVector} that can be changed. Confined
 * to one thread.
 */
public final class Progress {
    private long[] next = new long[0];
    private int[] epochs = new int[0];

    /** Makes the beginning of a stream without partitions. */
    public Progress() {}

    /**
     * Moves to {@code vector}, back as well as forward.
     *
     * @param vector the place
     */
    public void set(PositionVector vector) {
        grow(vector.partitions());
        for (int p = 0; p < next.length; p++) {
            next[p] = vector.next(p);
            epochs[p] = vector.epoch(p);
        }
    }

    /**
     * Adds new partitions; they begin at offset 0.
     *
     * @param partitions how many partitions there are
     */
    public void grow(int partitions) {
        int known = next.length;
        if (partitions > known) {
            next = Arrays.copyOf(next, partitions);
            epochs = Arrays.copyOf(epochs, partitions);
            Arrays.fill(epochs, known, partitions, PositionVector.NO_EPOCH);
        }
    }

    /**
     * {@return the next offset in {@code partition}}
     *
     * @param partition the partition, from 0
     */
    public long next(int partition) {
        return next[partition];
    }

    /**
     * {@return the leader epoch of the record before {@link #next}, or {@link PositionVector#NO_EPOCH}}
     *
     * @param partition the partition, from 0
     */
    public int epoch(int partition) {
        return epochs[partition];
    }

    /**
     * Moves {@code partition} forward.
     *
     * @param partition the partition, from 0
     * @param to the next offset
     * @param epoch the leader epoch of the record before, or {@link PositionVector#NO_EPOCH}
     * @return whether it moved
     */
    public boolean advance(int partition, long to, int epoch) {
        if (to <= next[partition]) {
            return false;
        }
        next[partition] = to;
        epochs[partition] = epoch;
        return true;
    }

    /**
     * {@return whether every partition is at or beyond {@code goal}}
     *
     * @param goal a place in the same stream
     */
    public boolean reaches(PositionVector goal) {
        for (int p = 0; p < goal.partitions(); p++) {
            if (next[p] < goal.next(p)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether a partition is beyond its offset in {@code offsets}}
     *
     * @param offsets an offset by partition
     */
    public boolean isBeyond(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream().anyMatch(at -> next[at.getKey()] > at.getValue());
    }

    /** {@return the place as it is now} */
    public PositionVector vector() {
        return PositionVector.of(next, epochs);
    }
}
