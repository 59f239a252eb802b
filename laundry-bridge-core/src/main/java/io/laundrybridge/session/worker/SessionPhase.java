package io.laundrybridge.session.worker;

/** The phases of a session's life. */
enum SessionPhase {
    OPEN,
    /** Closing: the last line is being sent. */
    CLOSING,
    /** The container was asked to close. */
    CLOSED,
    /** Released. */
    ENDED
}
