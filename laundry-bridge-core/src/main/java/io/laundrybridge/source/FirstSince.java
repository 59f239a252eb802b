package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import java.util.BitSet;

/**
 * Finds the place of a time among records that are shown in order: the first record of each partition stamped then or
 * later. Used for sources that keep their records in memory, and for a channel's log. Not thread-safe.
 */
public final class FirstSince {
    private final long millis;
    private final int partitions;
    private final BitSet found = new BitSet();
    private PositionVector place;

    /**
     * Looks for the place of {@code millis} in {@code partitions} partitions.
     *
     * @param millis the time, in milliseconds since 1970
     * @param partitions how many partitions the records have
     * @param otherwise the place of each partition in which nothing is found
     */
    public FirstSince(long millis, int partitions, PositionVector otherwise) {
        this.millis = millis;
        this.partitions = partitions;
        this.place = otherwise;
    }

    /**
     * Shows the next record.
     *
     * @param partition its partition
     * @param offset its offset
     * @param timestamp its timestamp, in milliseconds since 1970
     * @return whether it is the first of its partition that is stamped then or later
     */
    public boolean show(int partition, long offset, long timestamp) {
        boolean first = timestamp >= millis && !found.get(partition);
        if (first) {
            found.set(partition);
            place = place.with(partition, offset, PositionVector.NO_EPOCH);
        }
        return first;
    }

    /** {@return whether the place is known in every partition, so that no more records need to be shown} */
    public boolean isComplete() {
        return found.cardinality() >= partitions;
    }

    /** {@return the place as found so far, without leader epochs in partitions with a result} */
    public PositionVector place() {
        return place;
    }
}
