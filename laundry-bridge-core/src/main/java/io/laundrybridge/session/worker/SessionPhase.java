package io.laundrybridge.session.worker;

/** The phases of a session's life. */
enum SessionPhase {
    OPEN,
    /** The session is closing: the last line is being sent. */
    CLOSING,
    /** The container was asked to close the socket. */
    CLOSED,
    /** Everything is released. */
    ENDED
}
