package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.SessionInbound;
import org.jspecify.annotations.Nullable;

/** The WebSocket pings to a client that is sent nothing else for a while. Confined to the session's worker. */
final class PlainPings {
    private final EndpointContext context;
    private final SessionInbound inbound;
    private final long interval;
    private long quietSince;
    private long pingedAt;
    private boolean unanswered;
    private boolean due;

    PlainPings(EndpointContext context, SessionInbound inbound) {
        this.context = context;
        this.inbound = inbound;
        this.interval = context.heartbeat().toNanos();
    }

    /** The session opens. */
    void begin() {
        quietSince = context.nanoTime();
        pingedAt = quietSince;
    }

    /** Something else is sent. */
    void spoken() {
        quietSince = context.nanoTime();
    }

    /** The client answered. */
    void answered() {
        unanswered = false;
    }

    /** Returns whether a ping has been without an answer for too long. */
    boolean lost(long now) {
        return unanswered
                && now - pingedAt >= context.limits().beats().timeout().toNanos();
    }

    /** Notes that a ping is due, if the session has been quiet for long enough. */
    void tick(long now) {
        due |= !unanswered && now - pingedAt >= interval && now - quietSince >= interval;
    }

    /** Returns the ping that is due, or null. */
    @Nullable Frame take() {
        if (!due) {
            return null;
        }
        due = false;
        unanswered = true;
        pingedAt = context.nanoTime();
        inbound.awaitPong(true);
        return Frame.ping();
    }

    /** The ping that was taken could not be sent; the next tick tries again. */
    void leftOut() {
        unanswered = false;
        pingedAt -= interval;
        inbound.awaitPong(false);
    }
}
