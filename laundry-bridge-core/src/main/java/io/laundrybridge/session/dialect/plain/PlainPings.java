package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.inbound.SessionInbound;
import io.laundrybridge.session.socket.Frame;
import org.jspecify.annotations.Nullable;

/** Sends WebSocket pings to a client that gets nothing else for a while. Confined to the session's worker. */
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

    /** Begins with the session. */
    void begin() {
        quietSince = context.nanoTime();
        pingedAt = quietSince;
    }

    /** Notes that something else is sent. */
    void spoken() {
        quietSince = context.nanoTime();
    }

    /** Notes that the client answered. */
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

    /** Notes that the ping could not be sent. The next tick tries again. */
    void leftOut() {
        unanswered = false;
        pingedAt -= interval;
        inbound.awaitPong(false);
    }
}
