package io.laundrybridge.session.queue;

import org.jspecify.annotations.Nullable;

/** Two lanes, of which the first goes first. If it has too much, the second gets half of the time. */
final class Precedence implements Lane {
    /** The first goes first until it has had that much more time than the second, which waits. */
    private static final long MOST_AHEAD_NANOS = 1_000_000;
    /** The most time that counts for one task: it may have waited for a processor. */
    private static final long MOST_SPENT_NANOS = 5_000_000;

    private final Lane first;
    private final Lane second;
    private Lane last;
    private long ahead;

    Precedence(Lane first, Lane second) {
        this.first = first;
        this.second = second;
        this.last = first;
    }

    @Override
    public boolean isEmpty() {
        return first.isEmpty() && second.isEmpty();
    }

    @Override
    public @Nullable Runnable poll() {
        last = ahead < MOST_AHEAD_NANOS ? first : second;
        Runnable next = last.poll();
        if (next == null) {
            last = last == first ? second : first;
            next = last.poll();
        }
        return next;
    }

    @Override
    public void spent(long nanos) {
        long counted = Math.min(nanos, MOST_SPENT_NANOS);
        ahead = second.isEmpty() ? 0 : Math.max(0, ahead + (last == first ? counted : -counted));
        last.spent(nanos);
    }

    @Override
    public void clear() {
        first.clear();
        second.clear();
    }
}
