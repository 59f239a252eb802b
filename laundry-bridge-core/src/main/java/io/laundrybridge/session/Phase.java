package io.laundrybridge.session;

/** Where a session is in its life. */
enum Phase {
    OPEN,
    /** Told to go: the last line is on its way. */
    CLOSING,
    /** The container was asked to close. */
    CLOSED,
    /** Let go of. */
    ENDED
}
