package io.laundrybridge.event;

import java.util.Arrays;

/**
 * Per partition, the next offset to read and the leader epoch of the record before it: everything below has been
 * handled. Immutable. A partition beyond {@link #partitions()} stands at its first offset.
 */
public final class PositionVector {

    /** The leader epoch is not known. */
    public static final int NO_EPOCH = -1;

    /** Nothing has been handled in any partition. */
    public static final PositionVector ORIGIN = new PositionVector(new long[0], new int[0]);

    private final long[] next;
    private final int[] epochs;

    private PositionVector(long[] next, int[] epochs) {
        this.next = next;
        this.epochs = epochs;
    }

    /** A vector of these next offsets and leader epochs, both indexed by partition; the arrays are copied. */
    public static PositionVector of(long[] next, int[] epochs) {
        if (next.length != epochs.length) {
            throw new IllegalArgumentException(next.length + " offsets but " + epochs.length + " leader epochs");
        }
        return new PositionVector(next.clone(), epochs.clone());
    }

    /** A vector of these next offsets without leader epochs. */
    public static PositionVector of(long... next) {
        int[] epochs = new int[next.length];
        Arrays.fill(epochs, NO_EPOCH);
        return new PositionVector(next.clone(), epochs);
    }

    /** How many partitions the vector names. */
    public int partitions() {
        return next.length;
    }

    /** The next offset to read in {@code partition}; 0 where the vector does not name it. */
    public long next(int partition) {
        return partition < next.length ? next[partition] : 0;
    }

    /** The leader epoch of the record before {@link #next}, or {@link #NO_EPOCH}. */
    public int epoch(int partition) {
        return partition < epochs.length ? epochs[partition] : NO_EPOCH;
    }

    /** This vector with {@code partition} standing at {@code next}; grows as needed. */
    public PositionVector with(int partition, long nextOffset, int epoch) {
        int size = Math.max(next.length, partition + 1);
        long[] offsets = Arrays.copyOf(next, size);
        int[] leaders = Arrays.copyOf(epochs, size);
        Arrays.fill(leaders, epochs.length, size, NO_EPOCH);
        offsets[partition] = nextOffset;
        leaders[partition] = epoch;
        return new PositionVector(offsets, leaders);
    }

    /** This vector without leader epochs. */
    public PositionVector withoutEpochs() {
        return of(next);
    }

    /** Partition by partition the one of this vector and {@code other} that stands lower. */
    public PositionVector lowest(PositionVector other) {
        PositionVector lowered = this;
        for (int p = 0; p < Math.max(next.length, other.next.length); p++) {
            if (other.next(p) < lowered.next(p)) {
                lowered = lowered.with(p, other.next(p), other.epoch(p));
            }
        }
        return lowered;
    }

    /** This vector, with each partition that stands before {@code floors} moved up to there. */
    public PositionVector atLeast(PositionVector floors) {
        PositionVector raised = this;
        for (int p = 0; p < floors.partitions(); p++) {
            if (next(p) < floors.next(p)) {
                raised = raised.with(p, floors.next(p), floors.epoch(p));
            }
        }
        return raised;
    }

    /** Whether every partition of this vector stands at or beyond the same partition of {@code other}. */
    public boolean reaches(PositionVector other) {
        for (int p = 0; p < other.partitions(); p++) {
            if (next(p) < other.next(p)) {
                return false;
            }
        }
        return true;
    }

    /** How many offsets lie between this vector and {@code other}, in the partitions where this one stands lower. */
    public long offsetsTo(PositionVector other) {
        long offsets = 0;
        for (int p = 0; p < other.partitions(); p++) {
            offsets += Math.max(0, other.next(p) - next(p));
        }
        return offsets;
    }

    /** Whether a partition of this vector has a higher leader epoch than the same one of {@code other}, which knows its own. */
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

    /** The vector as it stands in a position, for example {@code 0@1235.7,1@88}. */
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
