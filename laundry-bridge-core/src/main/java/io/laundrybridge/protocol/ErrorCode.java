package io.laundrybridge.protocol;

import java.util.Locale;

/** The reasons for which a request fails; the session continues. */
public enum ErrorCode {
    /** The line has a wrong field or value. */
    BAD_REQUEST(false),
    /** No such operation. */
    UNKNOWN_OP(false),
    /** The channel is unknown or forbidden: the answer is the same for both. */
    FORBIDDEN(false),
    /** A credential is required. */
    UNAUTHENTICATED(false),
    /** A limit of the session is exceeded. */
    LIMIT_EXCEEDED(false),
    /** The filter cannot be used on this channel. */
    BAD_FILTER(false),
    /** Not a position of this channel. */
    BAD_POSITION(false),
    /** The channel does not accept published events. */
    NOT_PUBLISHABLE(false),
    /** A published value is too large. */
    VALUE_TOO_LARGE(false),
    /** The channel's source is not available yet: try again. */
    SOURCE_UNAVAILABLE(true),
    /** The server has too much to do: try again. */
    BUSY(true),
    /** It is not known whether a publish was stored: repeat it with the same {@code mid}. */
    OUTCOME_UNKNOWN(true),
    /** An unforeseen error of the server. */
    INTERNAL(true);

    private final boolean retry;
    private final String code = name().toLowerCase(Locale.ROOT);

    ErrorCode(boolean retry) {
        this.retry = retry;
    }

    /** Returns the word on the wire. */
    public String code() {
        return code;
    }

    /** Returns whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }
}
