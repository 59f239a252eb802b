package io.laundrybridge.session.worker;

/** Where a session is in its life. */
enum SessionPhase {
    OPEN,
    /** Told to go: the last line is on its way. */
    CLOSING,
    /** The container was asked to close. */
    CLOSED,
    /** Let go of. */
    ENDED
}
