package io.laundrybridge.protocol;

import java.util.Locale;

/** Why a request failed; the session lives on. */
public enum ErrorCode {
    /** The line has a wrong field or value. */
    BAD_REQUEST(false),
    /** No such operation. */
    UNKNOWN_OP(false),
    /** Unknown channel or not yours: never told apart. */
    FORBIDDEN(false),
    /** A credential is needed. */
    UNAUTHENTICATED(false),
    /** A limit of the session. */
    LIMIT_EXCEEDED(false),
    /** The filter cannot be used on this channel. */
    BAD_FILTER(false),
    /** Not a position of this channel. */
    BAD_POSITION(false),
    /** The channel takes no publishes. */
    NOT_PUBLISHABLE(false),
    /** The channel's source is not there yet: try again. */
    SOURCE_UNAVAILABLE(true),
    /** The server has too much to do: try again. */
    BUSY(true),
    /** Unexpected. */
    INTERNAL(true);

    private final boolean retry;
    private final String code = name().toLowerCase(Locale.ROOT);

    ErrorCode(boolean retry) {
        this.retry = retry;
    }

    /** The word on the wire. */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }
}
