package io.laundrybridge.session.worker;

/** What one session may send in a turn before others have theirs. Used again for each turn; confined to the worker. */
final class SendBudget {
    private static final int SENDS = 16;
    /** With these bytes a turn is over, however few sends they were. */
    private static final int BYTES = 48 * 1024;

    private int sends;
    private int bytes;

    /** A turn begins. */
    void begin() {
        sends = 0;
        bytes = 0;
    }

    /** A frame of so many bytes was sent. */
    void spend(int length) {
        sends++;
        bytes += length;
    }

    boolean isSpent() {
        return sends == SENDS || bytes >= BYTES;
    }
}
