package io.laundrybridge.source;

/** A part of the stream could not be read again. */
public final class HistoryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The stream lost records that it had handed out: the place that was asked for no longer exists. */
        TRUNCATED,
        /** The stream cannot be reached, or does not let us read; worth another try. */
        UNAVAILABLE
    }

    /** Whether the place is gone, or another try may succeed. */
    private final Reason reason;

    /**
     * {@code message} is one sentence without addresses or secrets.
     *
     * @param reason whether the place is gone, or another try may succeed
     * @param message one sentence without addresses or secrets
     * @param cause what was thrown
     */
    public HistoryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return why
     */
    public Reason reason() {
        return reason;
    }
}
