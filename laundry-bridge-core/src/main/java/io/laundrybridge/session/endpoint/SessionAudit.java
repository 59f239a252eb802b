package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.AuditEvent.Kind;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reports what happens to one session to the host's audit listener, and its end to the meters. The session's end is
 * reported with the first cause that was given. Thread-safe.
 */
public final class SessionAudit {
    private static final RateLimitedLog FAILURES =
            new RateLimitedLog(LoggerFactory.getLogger("io.laundrybridge.session"), System::nanoTime);

    private final HostServices services;
    private volatile AuditEvent.Client client;
    private @Nullable Cause cause; // guarded by this

    /** Makes the audit of the session of {@code client}. */
    public SessionAudit(HostServices services, AuditEvent.Client client) {
        this.services = services;
        this.client = client;
    }

    /** Why a session ends. */
    private record Cause(String word, String code, String reason) {
        static Cause of(SessionEnd end) {
            return new Cause(end.word(), "", end.meaning());
        }
    }

    /** Returns an audit for a session of which nobody is to know. */
    public static SessionAudit none() {
        return new SessionAudit(HostServices.standard(), new AuditEvent.Client("", "", "", ""));
    }

    /** Returns the client as it is known now. */
    public AuditEvent.Client client() {
        return client;
    }

    /** Returns the id of the session. */
    public String session() {
        return client.session();
    }

    /**
     * Reports that no session was opened.
     *
     * @param cause the cause as meters name it
     * @param code the code of the close, or the status of the handshake
     */
    public void refused(String cause, int code, String reason) {
        services.telemetry().add(Meter.REFUSALS, cause, 1);
        report(Kind.REFUSE, "", String.valueOf(code), reason);
    }

    public void connected() {
        report(Kind.CONNECT, "", "", "");
    }

    /** Reports that the session is one of {@code user} from now on; {@code reason} says by which credential. */
    public void authenticated(String user, String reason) {
        client = client.withUser(user);
        report(Kind.AUTHENTICATE, "", "", reason);
    }

    /** Reports that a credential was refused with {@code code}, the number of a close or the word of an error. */
    public void notAuthenticated(String code, String reason) {
        report(Kind.AUTHENTICATE, "", code, reason);
    }

    public void subscribed(String channel) {
        report(Kind.SUBSCRIBE, channel, "", "");
    }

    /** Reports that a subscription to {@code channel} was refused, if that was for lack of rights. */
    public void notSubscribed(String channel, RefusedLineException refusal) {
        if (refusal.code() == ErrorCode.FORBIDDEN) {
            report(Kind.SUBSCRIBE, channel, refusal.code().code(), String.valueOf(refusal.getMessage()));
        }
    }

    /** Reports that a publish to {@code channel} was stored, or failed if there is a {@code code}. */
    public void published(String channel, String code, String reason) {
        report(Kind.PUBLISH, channel, code, reason);
    }

    /** Reports that the session has another grant of {@code channel}; none any more if there is a {@code code}. */
    public void grantChanged(String channel, String code, String reason) {
        report(Kind.GRANT_CHANGED, channel, code, reason);
    }

    /** Notes why the server ends the session; only the first cause counts. */
    public void ends(CloseCode code, String reason) {
        note(new Cause(code.word(), String.valueOf(code.code()), reason));
    }

    /** Notes that the session ends without a close of the server; only the first cause counts. */
    public void ends(SessionEnd end) {
        note(Cause.of(end));
    }

    private synchronized void note(Cause first) {
        if (cause == null) {
            cause = first;
        }
    }

    private synchronized Cause cause() {
        return cause == null ? Cause.of(SessionEnd.CLIENT) : cause;
    }

    public void disconnected() {
        Cause why = cause();
        services.telemetry().add(Meter.CLOSES, why.word(), 1);
        report(Kind.DISCONNECT, "", why.code(), why.reason());
    }

    private void report(Kind kind, String channel, String code, String reason) {
        AuditListener listener = services.audit();
        if (!listener.equals(AuditListener.NONE)) {
            AuditEvent event;
            try {
                event = new AuditEvent(kind, services.clock().instant(), client, channel, code, reason);
            } catch (Throwable e) {
                FAILURES.warn("The clock threw; the audit lacks an event of kind " + kind, e);
                return;
            }
            listener.audit(event);
        }
    }
}
