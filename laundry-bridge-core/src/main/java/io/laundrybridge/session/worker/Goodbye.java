package io.laundrybridge.session.worker;

import io.laundrybridge.limits.ClosingLimits;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Frame;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The reason and the time of a session's close, and the last frame that it sends. Confined to the session's worker. */
final class Goodbye {
    /** The value for a session that is open. */
    static final Goodbye NONE = new Goodbye(CloseCode.NORMAL, "", 0, null);

    private final CloseCode code;
    private final String reason;
    private final long since;
    private @Nullable Frame lastFrame;

    private Goodbye(CloseCode code, String reason, long since, @Nullable Frame lastFrame) {
        this.code = code;
        this.reason = reason;
        this.since = since;
        this.lastFrame = lastFrame;
    }

    /**
     * Begins the close at {@code now}; the client is asked to reconnect within {@code spreadMillis} at random.
     *
     * @param conversation null if it has not begun: then there is no last frame
     */
    static Goodbye say(
            @Nullable Conversation conversation,
            RateLimitedLog failures,
            CloseCode code,
            String reason,
            long now,
            long spreadMillis) {
        long retryAfter =
                spreadMillis == 0 ? 0 : 1 + ThreadLocalRandom.current().nextLong(spreadMillis);
        try {
            return new Goodbye(code, reason, now, conversation == null ? null : conversation.bye(code, retryAfter));
        } catch (Throwable e) {
            failures.warn("The goodbye of a session failed; it is closed all the same", e);
            return new Goodbye(code, reason, now, null);
        }
    }

    CloseCode code() {
        return code;
    }

    String reason() {
        return reason;
    }

    /** Returns the last frame, once. */
    @Nullable Frame take() {
        Frame last = lastFrame;
        lastFrame = null;
        return last;
    }

    /** Returns whether the last frame has been taken. */
    boolean isTaken() {
        return lastFrame == null;
    }

    /** Returns whether the socket is still open although its grace is over. */
    boolean isLate(long now, ClosingLimits limits) {
        return now - since >= limits.grace().toNanos();
    }

    /** Returns how long the socket may stay once the container has reported it as closed. */
    Duration grace(ClosingLimits limits) {
        return code == CloseCode.TOO_MUCH ? limits.graceAfterFlood() : limits.grace();
    }
}
