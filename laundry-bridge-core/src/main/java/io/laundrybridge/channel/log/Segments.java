package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The segments of a log at one moment, the oldest first; at least one. Immutable. */
final class Segments {
    private final Segment[] all;

    private Segments(Segment[] all) {
        this.all = all;
    }

    static Segments of(Segment only) {
        return new Segments(new Segment[] {only});
    }

    Segments with(Segment newest) {
        Segment[] grown = Arrays.copyOf(all, all.length + 1);
        grown[all.length] = newest;
        return new Segments(grown);
    }

    Segments withoutOldest() {
        return new Segments(Arrays.copyOfRange(all, 1, all.length));
    }

    Segment oldest() {
        return all[0];
    }

    /** Returns the one after the oldest; null if there is none. */
    @Nullable Segment second() {
        return all.length > 1 ? all[1] : null;
    }

    /** Returns the last segment that begins at or before {@code index}; null if there is none. */
    @Nullable Segment holding(long index) {
        int position = find(index);
        return position < 0 ? null : all[position];
    }

    /**
     * Returns the entries from {@code index} on that are in one piece, below {@code head}; null if {@code index} was
     * evicted.
     */
    @Nullable Run run(long index, long head, int maxBytes, int maxEntries) {
        int position = find(index);
        if (position < 0) {
            return null;
        }
        long sealed = position + 1 < all.length ? all[position + 1].index().first() : head;
        return all[position].run(index, Math.min(Math.min(head, sealed), index + maxEntries), maxBytes);
    }

    /** Returns the first index of the newest segment that begins at or before {@code position}; -1 if there is none. */
    long firstFor(PositionVector position) {
        long found = -1;
        for (Segment segment : all) {
            if (position.reaches(segment.index().start())) {
                found = segment.index().first();
            }
        }
        return found;
    }

    /**
     * Returns the first index of the oldest segment that begins at or after {@code position}; {@link Long#MAX_VALUE} if
     * there is none.
     */
    long firstPast(PositionVector position) {
        for (Segment segment : all) {
            if (segment.index().start().reaches(position)) {
                return segment.index().first();
            }
        }
        return Long.MAX_VALUE;
    }

    private int find(long index) {
        int low = -1;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].index().first() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
