package io.laundrybridge.session.dialect.full;

import io.laundrybridge.limits.InboundLimits;
import io.laundrybridge.limits.PublishLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.login.LoginLines;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Session;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the full dialect's lines about the session as a whole. Each method adds a line to the ones that wait to be
 * sent. Confined to the session's worker.
 */
final class SessionLines implements LoginLines {
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    /** Adds the beginning of {@code session}, as its user is known now. */
    void welcome(Session session, List<String> features) {
        EndpointContext context = session.context();
        waiting.add(ServerLine.welcome(
                session.audit().session(),
                context.heartbeat().toMillis(),
                session.login().told(),
                session.caller().expires(),
                features,
                limits(context)));
    }

    /** Returns the limits that a client must know. */
    private static Map<String, Long> limits(EndpointContext context) {
        SessionLimits limits = context.limits();
        InboundLimits inbound = limits.inbound();
        Map<String, Long> told = new LinkedHashMap<>();
        told.put("requestBytes", (long) inbound.chars());
        told.put("requests", (long) inbound.requests());
        told.put("requestWindow", inbound.window().toMillis());
        told.put("subscriptions", (long) limits.subscriptions());
        told.put("keys", (long) limits.keys());
        told.put("awaits", (long) limits.awaits());
        if (context.publishing().isOffered()) {
            PublishLimits publish = context.publishing().limits();
            told.put("publishBytes", (long) publish.bytes());
            told.put("publishes", (long) publish.perSession());
            told.put("publishWindow", publish.window().toMillis());
            told.put("publishesPending", (long) publish.sessionPending());
        }
        return told;
    }

    /** Adds beat {@code number}, which is to be answered. */
    void beat(long number) {
        waiting.add(ServerLine.beat(number));
    }

    /** Adds the answer to ping {@code id}. */
    void pong(long id) {
        waiting.add(ServerLine.pong(id));
    }

    @Override
    public void authenticated(long id, @Nullable Instant expires) {
        waiting.add(ServerLine.authenticated(id, expires));
    }

    @Override
    public void unauthenticated(long id, String message, boolean retry) {
        waiting.add(ServerLine.error(id, ErrorCode.UNAUTHENTICATED, message, retry));
    }

    /** Adds an error; {@code id} is the failed request's, or null if it had none. */
    @Override
    public void error(@Nullable Long id, ErrorCode code, String message) {
        waiting.add(ServerLine.error(id, code, message));
    }

    /** Adds the answer to publish {@code id}, which is stored {@code at} that place. */
    void stored(long id, String at) {
        waiting.add(ServerLine.ack(id, at));
    }

    /** Adds the end of a subscription; {@code id} is the request's, or null if the server ended it. */
    void unsubscribed(@Nullable Long id, String channel, String reason) {
        waiting.add(ServerLine.unsubscribed(id, channel, reason));
    }

    /** Adds the answers of a subscription that ended before they were sent. */
    void addAll(Collection<byte[]> answers) {
        waiting.addAll(answers);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Moves lines into {@code frame}, as many as it takes. */
    void moveTo(FrameBuffer frame) {
        frame.addAll(waiting);
    }

    /** Returns the only frame of a client that gets no session. */
    static Frame refusal(CloseCode code, long retryAfterMillis) {
        return Frame.lines(ByteBuffer.wrap(ServerLine.bye(code, retryAfterMillis)));
    }

    /** Adds the last line before the server closes to {@code frame}. */
    void bye(FrameBuffer frame, CloseCode code, long retryAfterMillis) {
        frame.add(ServerLine.bye(code, retryAfterMillis));
    }
}
