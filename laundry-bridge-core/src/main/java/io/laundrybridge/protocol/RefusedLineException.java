package io.laundrybridge.protocol;

/** Thrown for a request with wrong content; carries the error that the client gets. */
public final class RefusedLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** Makes a refusal with its code and the sentence for the client. */
    public RefusedLineException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Returns the code of the error line. */
    public ErrorCode code() {
        return code;
    }
}
