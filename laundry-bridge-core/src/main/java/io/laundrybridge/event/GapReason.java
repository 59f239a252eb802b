package io.laundrybridge.event;

import java.util.Locale;

/** The reasons for which records may be missing. {@link #code()} is the word on the wire. */
public enum GapReason {
    /** Kafka no longer has them: retention removed them, or an operator. */
    RETENTION,
    /** The session fell behind the channel's log. */
    OVERFLOW,
    /** The record could not be decoded. */
    UNDECODABLE,
    /** The record is larger than the limit. */
    TOO_LARGE,
    /** They are beyond the channel's history limit. */
    LIMIT;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** {@return the word on the wire, for example {@code too_large}} */
    public String code() {
        return code;
    }
}
