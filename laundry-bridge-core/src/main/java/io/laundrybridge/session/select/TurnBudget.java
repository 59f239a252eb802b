package io.laundrybridge.session.select;

import java.util.function.LongSupplier;

/**
 * Limits the look-ups of one turn on the worker: 4,096 log entries, and no longer than a millisecond. Every walk
 * through a log for one client asks it before each entry. Confined to its worker.
 */
public final class TurnBudget {
    public static final int A_TURN = 4_096;

    private static final long NANOS_A_TURN = 1_000_000;
    /** Steps between two looks at the clock; a turn with fewer steps never looks at it. */
    private static final int A_LOOK = 64;

    private final LongSupplier nanoTime;
    private int left = A_TURN;
    private int uncounted = A_LOOK;
    private boolean timed;
    private long began;

    public TurnBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A turn begins. */
    public void begin() {
        left = A_TURN;
        uncounted = A_LOOK;
        timed = false;
    }

    /** Returns whether one more entry may be looked at in this turn. */
    public boolean take() {
        if (left <= 0) {
            return false;
        }
        left--;
        if (--uncounted == 0) {
            look();
        }
        return true;
    }

    /** Returns how many entries may be looked at, if there is time. */
    public int left() {
        return left;
    }

    private void look() {
        uncounted = A_LOOK;
        long now = nanoTime.getAsLong();
        if (!timed) {
            timed = true;
            began = now;
        } else if (now - began >= NANOS_A_TURN) {
            left = 0;
        }
    }
}
