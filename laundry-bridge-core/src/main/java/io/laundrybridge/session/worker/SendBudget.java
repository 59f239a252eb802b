package io.laundrybridge.session.worker;

/**
 * The budget of what one session may send in a turn before other sessions have theirs. Used again for each turn;
 * confined to the worker.
 */
final class SendBudget {
    private static final int SENDS = 16;
    /** The bytes after which a turn is over, however few sends they were. */
    private static final int BYTES = 48 * 1024;

    private int sends;
    private int bytes;

    /** Begins a turn. */
    void begin() {
        sends = 0;
        bytes = 0;
    }

    /** Spends a frame of {@code length} bytes. */
    void spend(int length) {
        sends++;
        bytes += length;
    }

    boolean isSpent() {
        return sends == SENDS || bytes >= BYTES;
    }
}
