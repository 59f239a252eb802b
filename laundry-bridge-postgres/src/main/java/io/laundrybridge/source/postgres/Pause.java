package io.laundrybridge.source.postgres;

/** Pauses of 0.2 s that double up to 5 s. Confined to one thread. */
final class Pause {
    private static final long FIRST_NANOS = 200_000_000;
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private long next = FIRST_NANOS;
    private long until;
    private boolean begun;

    /** Begins the pause after one more failure at {@code nanos}. */
    void begin(long nanos) {
        until = nanos + next;
        next = Math.min(LONGEST_NANOS, next * 2);
        begun = true;
    }

    /** Returns whether the pause lasts at {@code nanos}. */
    boolean lasts(long nanos) {
        return begun && nanos - until < 0;
    }

    /** Notes that all went well: the next pause is short again. */
    void reset() {
        next = FIRST_NANOS;
        begun = false;
    }
}
