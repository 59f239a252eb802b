package io.laundrybridge.channel.replay;

/**
 * The pause of a channel that could not be read. It begins with 0.2 s and doubles up to 5 s, until a turn succeeds.
 * Guarded by its queue.
 */
final class ReplayPause {
    private static final long FIRST_NANOS = 200_000_000L;
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private long nanos = FIRST_NANOS;
    private boolean begun;
    private long until;

    void begin(long now) {
        begun = true;
        until = now + nanos;
        nanos = Math.min(LONGEST_NANOS, nanos * 2);
    }

    /** Returns the nanoseconds until the pause is over; 0 if it is, or none was begun. */
    long left(long now) {
        return begun ? Math.max(0, until - now) : 0;
    }

    void end() {
        begun = false;
    }

    /** Makes the next pause short again, because a turn succeeded. */
    void reset() {
        nanos = FIRST_NANOS;
    }

    /** Returns whether no turn has succeeded since the last pause. */
    boolean followsFailure() {
        return nanos > FIRST_NANOS;
    }
}
