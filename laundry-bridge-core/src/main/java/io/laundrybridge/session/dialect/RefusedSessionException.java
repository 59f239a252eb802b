package io.laundrybridge.session.dialect;

import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.RefusedLineException;

/** Thrown if a client cannot be served; carries the code and the reason of the close. */
public final class RefusedSessionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    public RefusedSessionException(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** Returns the refusal of a session whose only request is refused. */
    public static RefusedSessionException of(RefusedLineException request) {
        CloseCode code = switch (request.code()) {
            case FORBIDDEN -> CloseCode.FORBIDDEN;
            case BAD_POSITION -> CloseCode.CONTINUITY_LOST;
            case SOURCE_UNAVAILABLE, BUSY -> CloseCode.FULL;
            default -> CloseCode.NOT_THE_PROTOCOL;
        };
        return new RefusedSessionException(code, String.valueOf(request.getMessage()));
    }

    CloseCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
