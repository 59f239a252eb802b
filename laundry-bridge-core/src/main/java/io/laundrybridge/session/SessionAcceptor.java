package io.laundrybridge.session;

import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.admission.Entrance;
import io.laundrybridge.session.admission.RefusalCause;
import io.laundrybridge.session.admission.RefusedSessionException;
import io.laundrybridge.session.admission.RetryAfter;
import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.dialect.Dialects;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.endpoint.SessionPlaces;
import io.laundrybridge.session.login.Authentications;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.worker.DrainWorker;
import io.laundrybridge.session.worker.DrainWorkers;
import io.laundrybridge.session.worker.Session;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens a session for a socket whose handshake is done, or refuses the socket with a close code. Thread-safe. */
final class SessionAcceptor {
    private final EndpointContext context;
    private final Entrance entrance;
    private final Dialects dialects;
    private final Authentications authentications;
    private final RetryAfter retryAfter;
    private final OpenSessions open = new OpenSessions();
    private final SessionPlaces places;
    private final RefusedSockets refused;
    /** Makes the ids of sessions unique among nodes and restarts. */
    private final String node = Integer.toHexString(ThreadLocalRandom.current().nextInt());

    private final AtomicInteger turn = new AtomicInteger();

    SessionAcceptor(
            EndpointContext context,
            Entrance entrance,
            Dialects dialects,
            Authentications authentications,
            RetryAfter retryAfter) {
        this.context = context;
        this.retryAfter = retryAfter;
        this.entrance = entrance;
        this.dialects = dialects;
        this.authentications = authentications;
        this.places = new SessionPlaces(
                context.limits().sessions(), context.services().telemetry());
        this.refused = new RefusedSockets(context.limits().closing(), context.services(), context.elsewhere());
    }

    /** Returns the open sessions. */
    OpenSessions sessions() {
        return open;
    }

    /** Returns the places that sessions take. */
    SessionPlaces places() {
        return places;
    }

    /**
     * Accepts a socket.
     *
     * @param workers the workers of the open endpoint; null if the endpoint is closed
     * @return the object to which the adapter passes everything that arrives on the socket
     */
    Inbound accept(@Nullable DrainWorkers workers, Handshake handshake, Transport transport) {
        Dialect dialect = dialects.choose(handshake.subprotocols());
        Arrival arrival = new Arrival(handshake, transport, dialect);
        if (workers == null) {
            return arrival.refuse(
                    RefusalCause.STOPPED, CloseCode.RESTART, "no channel is open here; reconnect later", "");
        }
        if (dialect == null) {
            String reason = "unknown subprotocol; expected " + dialects.expected();
            return arrival.refuse(RefusalCause.SUBPROTOCOL, CloseCode.UNKNOWN_SUBPROTOCOL, reason, "");
        }
        Entrance.Permit permit;
        try {
            permit = entrance.enter(handshake.address(), handshake.caller().principal());
        } catch (RefusedSessionException tooMany) {
            return arrival.refuse(
                    tooMany.refusalCause(), CloseCode.FULL, String.valueOf(tooMany.getMessage()), tooMany.limit());
        }
        if (!places.take()) {
            permit.left();
            context.services().telemetry().add(Meter.SESSIONS_REFUSED, "", 1);
            return arrival.refuse(RefusalCause.FULL, CloseCode.FULL, "the server is full; reconnect later", "");
        }
        return open(workers, dialect, handshake, transport, permit);
    }

    /** Drops the refused sockets that are still open. */
    void finish() {
        refused.finish();
    }

    /** A socket that has come, with the dialect of its client; null if the dialect is unknown. */
    private final class Arrival {
        private final Handshake handshake;
        private final Transport transport;
        private final @Nullable Dialect dialect;

        private Arrival(Handshake handshake, Transport transport, @Nullable Dialect dialect) {
            this.handshake = handshake;
            this.transport = transport;
            this.dialect = dialect;
        }

        /** Refuses it; the audit gets {@code limit} if the client is not to know it, otherwise the reason. */
        private Inbound refuse(RefusalCause cause, CloseCode code, String reason, String limit) {
            audit("", handshake).refused(cause.word(), code.code(), limit.isEmpty() ? reason : limit);
            Frame last = dialect == null ? null : dialect.refusal(code, retryAfter.refusedMillis());
            return refused.refuse(transport, code, reason, last);
        }
    }

    private SessionAudit audit(String session, Handshake handshake) {
        return new SessionAudit(
                context.services(),
                new AuditEvent.Client(session, handshake.caller().name(), handshake.address(), handshake.origin()));
    }

    private Inbound open(
            DrainWorkers workers, Dialect dialect, Handshake handshake, Transport transport, Entrance.Permit permit) {
        int number = turn.getAndIncrement();
        SessionAudit audit = audit(node + "-" + number, handshake);
        AtomicReference<@Nullable Session> entered = new AtomicReference<>();
        Runnable leave = () -> {
            Session left = entered.get();
            if (left != null) {
                open.remove(left);
            }
            audit.disconnected();
            permit.left();
            places.free();
        };
        boolean opened = false;
        audit.connected();
        try {
            SessionLogin login = new SessionLogin(authentications, handshake, permit::belongsTo);
            DrainWorker worker = workers.next(number);
            Session session = Session.on(
                    worker,
                    context,
                    transport,
                    login,
                    of -> dialect.begin(of, handshake, () -> {
                        permit.subscribed();
                        of.settled();
                    }),
                    audit,
                    leave);
            entered.set(session);
            open.add(new OpenSession(session, audit, context.services().clock().instant(), handshake.hostSession()));
            opened = workers.open(session);
            if (!opened) {
                audit.ends(CloseCode.RESTART, "the server restarts");
                Frame last = dialect.refusal(CloseCode.RESTART, retryAfter.refusedMillis());
                return refused.refuse(transport, CloseCode.RESTART, "the server restarts", last);
            }
            return session.inbound();
        } finally {
            if (!opened) {
                leave.run();
            }
        }
    }
}
