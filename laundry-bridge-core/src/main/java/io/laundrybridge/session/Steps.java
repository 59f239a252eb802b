package io.laundrybridge.session;

import java.util.function.LongSupplier;

/**
 * How much may still be looked at before others have their turn on the worker: 4,096 entries of logs, and no longer than a
 * millisecond. Everything that walks a log for one client asks here before each entry. Confined to its worker.
 */
final class Steps {
    static final int A_TURN = 4_096;

    private static final long NANOS_A_TURN = 1_000_000;
    /** Steps between two looks at the clock; a turn that takes fewer looks at none. */
    private static final int A_LOOK = 64;

    private final LongSupplier nanoTime;
    private int left = A_TURN;
    private int uncounted = A_LOOK;
    private boolean timed;
    private long began;

    Steps(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A turn begins. */
    void begin() {
        left = A_TURN;
        uncounted = A_LOOK;
        timed = false;
    }

    /** Whether one more entry may be looked at in this turn. */
    boolean take() {
        if (left <= 0) {
            return false;
        }
        left--;
        if (--uncounted == 0) {
            look();
        }
        return true;
    }

    /** How many entries may be looked at, if there is time. */
    int left() {
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
