package io.laundrybridge.source;

/** Thrown if a part of the stream cannot be read again. */
public final class HistoryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of the failure. */
    public enum Reason {
        /** The stream lost records that it had handed out: the requested place no longer exists. */
        TRUNCATED,
        /** The stream cannot be reached, or refuses access; another try may succeed. */
        UNAVAILABLE
    }

    /** Whether the place is gone, or another try may succeed. */
    private final Reason reason;

    /**
     * Makes an exception with its sentence.
     *
     * @param reason whether the place is gone, or another try may succeed
     * @param message one sentence without addresses or secrets
     * @param cause what was thrown
     */
    public HistoryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return whether the place is gone, or another try may succeed} */
    public Reason reason() {
        return reason;
    }
}
