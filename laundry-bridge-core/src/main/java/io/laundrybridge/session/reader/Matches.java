package io.laundrybridge.session.reader;

import java.util.function.LongSupplier;

/**
 * The results of a walk for one reader: the indexes of matching log entries, in order, at most 256. No other entry
 * before the walk's end matches. Confined to its worker.
 */
public final class Matches {
    private static final int MOST = 256;
    private static final long[] NONE = {};

    private final LongSupplier walkEnd;
    private long[] found = NONE; // a ring; its length is 0 or a power of two
    private int first;
    private int count;

    /** Makes the matches of a walk that has looked at everything before {@code walkEnd}. */
    public Matches(LongSupplier walkEnd) {
        this.walkEnd = walkEnd;
    }

    /**
     * Adds {@code index}, which is not below the last.
     *
     * @return false if there is no room
     */
    public boolean add(long index) {
        if (count > 0 && at(count - 1) == index) {
            return true;
        }
        if (count == found.length && !grow()) {
            return false;
        }
        found[(first + count++) & (found.length - 1)] = index;
        return true;
    }

    /** Returns where a reader at {@code from} continues: at its next match, or at the place of the walk. */
    long next(long from) {
        while (count > 0 && at(0) < from) {
            first = (first + 1) & (found.length - 1);
            count--;
        }
        return count > 0 ? at(0) : Math.max(from, walkEnd.getAsLong());
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Returns how many matches, from the first on, follow each other directly in the log. */
    int together() {
        int together = Math.min(1, count);
        while (together < count && at(together) == at(0) + together) {
            together++;
        }
        return together;
    }

    private long at(int position) {
        return found[(first + position) & (found.length - 1)];
    }

    private boolean grow() {
        if (count == MOST) {
            return false;
        }
        long[] larger = new long[Math.max(4, count * 2)];
        for (int i = 0; i < count; i++) {
            larger[i] = at(i);
        }
        found = larger;
        first = 0;
        return true;
    }
}
