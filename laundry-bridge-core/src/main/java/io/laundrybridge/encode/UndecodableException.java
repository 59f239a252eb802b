package io.laundrybridge.encode;

import io.laundrybridge.event.GapReason;

/** A record cannot become a line. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final GapReason reason;

    /** An error for {@link GapReason#UNDECODABLE} or {@link GapReason#TOO_LARGE}, with a sentence without payload. */
    public UndecodableException(GapReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static UndecodableException undecodable(String message) {
        return new UndecodableException(GapReason.UNDECODABLE, message);
    }

    static UndecodableException tooLarge(String message) {
        return new UndecodableException(GapReason.TOO_LARGE, message);
    }

    /** The reason of the gap that stands for the record. */
    public GapReason reason() {
        return reason;
    }
}
