package io.laundrybridge.event;

import java.util.Arrays;

/**
 * Holds, per partition, the next offset to read and the leader epoch of the record before it. Everything before that
 * offset has been handled. Immutable. A partition beyond {@link #partitions()} is at its first offset.
 */
public final class PositionVector {

    /** The value of an unknown leader epoch. */
    public static final int NO_EPOCH = -1;

    /** The place at which nothing has been handled in any partition. */
    public static final PositionVector ORIGIN = new PositionVector(new long[0], new int[0]);

    private final long[] next;
    private final int[] epochs;

    private PositionVector(long[] next, int[] epochs) {
        this.next = next;
        this.epochs = epochs;
    }

    /**
     * {@return a vector of these next offsets and leader epochs, both indexed by partition; the arrays are copied}
     *
     * @param next the next offset of each partition
     * @param epochs the leader epoch of each partition, or {@link #NO_EPOCH}
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static PositionVector of(long[] next, int[] epochs) {
        if (next.length != epochs.length) {
            throw new IllegalArgumentException(next.length + " offsets but " + epochs.length + " leader epochs");
        }
        return new PositionVector(next.clone(), epochs.clone());
    }

    /**
     * {@return a vector of these next offsets without leader epochs}
     *
     * @param next the next offset of each partition
     */
    public static PositionVector of(long... next) {
        int[] epochs = new int[next.length];
        Arrays.fill(epochs, NO_EPOCH);
        return new PositionVector(next.clone(), epochs);
    }

    /** {@return the number of partitions in the vector} */
    public int partitions() {
        return next.length;
    }

    /**
     * {@return the next offset to read in {@code partition}; 0 if the vector does not have it}
     *
     * @param partition the partition, from 0
     */
    public long next(int partition) {
        return partition < next.length ? next[partition] : 0;
    }

    /**
     * {@return the leader epoch of the record before {@link #next}, or {@link #NO_EPOCH}}
     *
     * @param partition the partition, from 0
     */
    public int epoch(int partition) {
        return partition < epochs.length ? epochs[partition] : NO_EPOCH;
    }

    /**
     * {@return this vector with {@code partition} at {@code next}; grows as needed}
     *
     * @param partition the partition, from 0
     * @param nextOffset the next offset to read there
     * @param epoch the leader epoch of the record before, or {@link #NO_EPOCH}
     */
    public PositionVector with(int partition, long nextOffset, int epoch) {
        int size = Math.max(next.length, partition + 1);
        long[] offsets = Arrays.copyOf(next, size);
        int[] leaders = Arrays.copyOf(epochs, size);
        Arrays.fill(leaders, epochs.length, size, NO_EPOCH);
        offsets[partition] = nextOffset;
        leaders[partition] = epoch;
        return new PositionVector(offsets, leaders);
    }

    /** {@return this vector without leader epochs} */
    public PositionVector withoutEpochs() {
        return of(next);
    }

    /**
     * {@return the lower of this vector and {@code other}, partition by partition}
     *
     * @param other another place in the same stream
     */
    public PositionVector lowest(PositionVector other) {
        PositionVector lowered = this;
        for (int p = 0; p < Math.max(next.length, other.next.length); p++) {
            if (other.next(p) < lowered.next(p)) {
                lowered = lowered.with(p, other.next(p), other.epoch(p));
            }
        }
        return lowered;
    }

    /**
     * {@return this vector, with each partition before {@code floors} moved up to there}
     *
     * @param floors the lowest offsets
     */
    public PositionVector atLeast(PositionVector floors) {
        PositionVector raised = this;
        for (int p = 0; p < floors.partitions(); p++) {
            if (next(p) < floors.next(p)) {
                raised = raised.with(p, floors.next(p), floors.epoch(p));
            }
        }
        return raised;
    }

    /**
     * {@return whether every partition of this vector is at or after the same partition of {@code other}}
     *
     * @param other another place in the same stream
     */
    public boolean reaches(PositionVector other) {
        for (int p = 0; p < other.partitions(); p++) {
            if (next(p) < other.next(p)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the number of offsets from this vector to {@code other}, in the partitions in which this one is lower}
     *
     * @param other another place in the same stream
     */
    public long offsetsTo(PositionVector other) {
        long offsets = 0;
        for (int p = 0; p < other.partitions(); p++) {
            offsets += Math.max(0, other.next(p) - next(p));
        }
        return offsets;
    }

    /**
     * {@return whether a partition of this vector has a higher leader epoch than the same one of {@code other}, if
     * that is known}
     *
     * @param other another place in the same stream
     */
    public boolean isEpochAhead(PositionVector other) {
        for (int p = 0; p < next.length; p++) {
            if (epochs[p] > other.epoch(p) && other.epoch(p) != NO_EPOCH) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PositionVector that
                && Arrays.equals(next, that.next)
                && Arrays.equals(epochs, that.epochs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    /** Returns the vector as text of a position, for example {@code 0@1235.7,1@88}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < next.length; p++) {
            text.append(p == 0 ? "" : ",").append(p).append('@').append(next[p]);
            if (epochs[p] != NO_EPOCH) {
                text.append('.').append(epochs[p]);
            }
        }
        return text.toString();
    }
}
