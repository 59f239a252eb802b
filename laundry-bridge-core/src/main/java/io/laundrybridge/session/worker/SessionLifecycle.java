package io.laundrybridge.session.worker;

import io.laundrybridge.limits.ClosingLimits;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.endpoint.SessionEnd;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The life of a session: its phase, the goodbye that it says, and the close or drop of its socket. Confined to the
 * session's worker.
 */
final class SessionLifecycle {
    private final DrainWorker worker;
    private final EndpointContext context;
    private final SessionAudit audit;
    private final SocketEnd socket;
    private final Runnable release;
    private SessionPhase phase = SessionPhase.OPEN;
    private Goodbye goodbye = Goodbye.NONE;

    /**
     * Makes the life of a session that is open.
     *
     * @param release releases what the session holds; on the worker
     * @param onEnded called once, on any thread, when the socket is gone or dropped
     */
    SessionLifecycle(
            EndpointContext context,
            DrainWorker worker,
            Transport transport,
            SessionAudit audit,
            Runnable release,
            Runnable onEnded) {
        this.context = context;
        this.worker = worker;
        this.audit = audit;
        this.socket = new SocketEnd(worker, transport, onEnded);
        this.release = release;
    }

    boolean isOpen() {
        return phase == SessionPhase.OPEN;
    }

    /** Returns whether the session may still send. */
    boolean isSpeaking() {
        return phase == SessionPhase.OPEN || phase == SessionPhase.CLOSING;
    }

    boolean isEnded() {
        return phase == SessionPhase.ENDED;
    }

    /** Begins to close an open session; {@code conversation} has the last frame, if there is one. */
    void close(@Nullable Conversation conversation, CloseCode code, String reason, long spreadMillis) {
        phase = SessionPhase.CLOSING;
        audit.ends(code, reason);
        goodbye = Goodbye.say(conversation, worker.failures(), code, reason, context.nanoTime(), spreadMillis);
    }

    /** Returns the last frame, once. */
    @Nullable Frame lastFrame() {
        return goodbye.take();
    }

    /** Closes the socket of a session that has sent its last frame. */
    void closeOnceSaid() {
        if (phase == SessionPhase.CLOSING && goodbye.isTaken()) {
            phase = SessionPhase.CLOSED;
            socket.close(goodbye);
        }
    }

    /** Returns whether the socket of a session that closes is still open although its grace is over. */
    boolean isLate(long now) {
        return goodbye.isLate(now, limits());
    }

    /** Ends the session, because the socket has gone. */
    void gone() {
        if (phase != SessionPhase.ENDED) {
            audit.ends(SessionEnd.CLIENT);
            if (phase != SessionPhase.OPEN) {
                socket.dropAfter(goodbye.grace(limits()));
            }
            phase = SessionPhase.ENDED;
            worker.execute(this::ended); // in its own task: others may be iterating over sessions now
        }
    }

    void drop(SessionEnd end) {
        audit.ends(end);
        drop();
    }

    /**
     * Drops the connection without a close; later reports of the container do not matter. The session counts as open
     * until its socket has been dropped.
     */
    void drop() {
        if (phase != SessionPhase.ENDED) {
            phase = SessionPhase.ENDED;
            worker.execute(release);
            socket.drop();
        }
    }

    /** Drops the connection and ends the session at once, because the worker ends. */
    void abandon() {
        drop(SessionEnd.STOPPED);
        ended();
    }

    private void ended() {
        release.run();
        socket.countOut();
    }

    private ClosingLimits limits() {
        return context.limits().closing();
    }
}
