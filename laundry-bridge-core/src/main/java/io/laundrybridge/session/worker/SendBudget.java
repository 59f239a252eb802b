package io.laundrybridge.session.worker;

/**
 * The budget of what one session may send in a turn before other sessions have theirs. Used again for each turn;
 * confined to the worker.
 */
final class SendBudget {
    private static final int SENDS = 16;
    /** The bytes after which a turn is over, however few sends they were. */
    private static final int BYTES = 48 * 1024;
    /** The same if several frames go out in one write, which costs less. */
    private static final int BYTES_TOGETHER = 4 * BYTES;

    private int sends;
    private int bytes;
    private int most;

    /** Begins a turn with sends of up to {@code frames} frames. */
    void begin(int frames) {
        sends = 0;
        bytes = 0;
        most = frames > 1 ? BYTES_TOGETHER : BYTES;
    }

    /** Spends a frame of {@code length} bytes. */
    void spend(int length) {
        sends++;
        bytes += length;
    }

    boolean isSpent() {
        return sends >= SENDS || bytes >= most;
    }
}
