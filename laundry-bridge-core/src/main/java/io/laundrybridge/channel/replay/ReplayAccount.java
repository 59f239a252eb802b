package io.laundrybridge.channel.replay;

import io.laundrybridge.limits.ReplayLimits;

/**
 * Counts what was replayed for one session in the current minute, for all channels together. Sessions with less are
 * served first. A session that has used its budget waits for the next minute. Thread-safe.
 */
public final class ReplayAccount {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    // Guarded by this.
    private boolean begun;
    private long since;
    private long records;
    private long bytes;
    private long lookups;
    private boolean slow;

    /** Returns the records read for the session in the minute of {@code now}, in nanoseconds. */
    synchronized long records(long now) {
        roll(now);
        return records;
    }

    /** Returns the places looked up for the session in that minute. */
    synchronized long lookups(long now) {
        roll(now);
        return lookups;
    }

    /**
     * Counts the session's part of {@code piece}, which {@code sessions} share. The sizes are those at the source.
     */
    synchronized void took(long now, Piece piece, int sessions) {
        roll(now);
        records += (piece.records() + sessions - 1) / sessions;
        bytes += (piece.read() + sessions - 1) / sessions;
    }

    synchronized void lookedUp(long now) {
        roll(now);
        lookups++;
    }

    /** Returns the nanoseconds until a piece may be read for the session; 0 if it may now. */
    synchronized long untilPiece(long now, ReplayLimits limits) {
        roll(now);
        return records >= limits.perSession().records()
                        || bytes >= limits.perSession().bytes()
                ? untilNextMinute(now)
                : 0;
    }

    /** Returns the nanoseconds until a place may be looked up for the session; 0 if it may now. */
    synchronized long untilLookup(long now, ReplayLimits limits) {
        roll(now);
        return lookups >= limits.perSession().lookups() ? untilNextMinute(now) : 0;
    }

    /** Notes whether the session took long to read its last piece. */
    synchronized void slow(boolean now) {
        slow = now;
    }

    /** Returns whether the session took long to read its last piece. */
    synchronized boolean isSlow() {
        return slow;
    }

    private long untilNextMinute(long now) {
        return since + MINUTE_NANOS - now;
    }

    private void roll(long now) {
        if (!begun || now - since >= MINUTE_NANOS) {
            begun = true;
            since = now;
            records = 0;
            bytes = 0;
            lookups = 0;
        }
    }
}
