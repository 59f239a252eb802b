package io.laundrybridge.encode;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.error.UnviewableRecordException;
import io.laundrybridge.event.GapReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Thrown if a record cannot become a line. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_CHAIN = 32;

    private final GapReason reason;
    private final String kind;

    /**
     * Makes an error for {@link GapReason#UNDECODABLE} or {@link GapReason#TOO_LARGE}, with a sentence without payload.
     */
    public UndecodableException(GapReason reason, String message) {
        this(reason, message, message, null);
    }

    private UndecodableException(GapReason reason, String kind, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
        this.kind = kind;
    }

    static UndecodableException undecodable(String message) {
        return new UndecodableException(GapReason.UNDECODABLE, message);
    }

    /** Returns an error for a record of which {@code kind} is too large. */
    static UndecodableException tooLarge(String kind, String message) {
        return new UndecodableException(GapReason.TOO_LARGE, kind, message, null);
    }

    /**
     * Returns the error of a record for which code of the application threw. No exception or error stops the channel,
     * not even a lack of memory, because damaged bytes may ask for any amount.
     *
     * @throws RetriableDecodeException if that was thrown, or the thread was interrupted
     */
    static UndecodableException thrown(String who, Throwable thrown) {
        if (thrown instanceof UnviewableRecordException) {
            return undecodable(String.valueOf(thrown.getMessage()));
        }
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            if (cause instanceof RetriableDecodeException retriable) {
                throw retriable;
            }
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new RetriableDecodeException(who + " was interrupted", thrown);
            }
            cause = cause.getCause();
        }
        String message = thrown instanceof StackOverflowError
                ? "its value is nested too deep for " + who
                : thrown instanceof JacksonException
                        ? who + " found no valid value: " + thrown.getClass().getSimpleName()
                        : who + " threw " + thrown.getClass().getName();
        return new UndecodableException(GapReason.UNDECODABLE, message, message, thrown);
    }

    /** Returns the reason of the gap in place of the record. */
    public GapReason reason() {
        return reason;
    }

    /** Returns the kind of trouble, equal for all records that have it. */
    public String kind() {
        return kind;
    }
}
