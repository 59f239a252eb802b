package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.AuditEvent.Kind;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.protocol.CloseCode;
import java.time.InstantSource;

/**
 * Reports what happens to one session to the host's audit listener. The session's end is reported with the first cause
 * that was given. Thread-safe.
 */
public final class SessionAudit {
    private static final Cause BY_CLIENT = new Cause("", "the client closed the connection, or it broke");

    private final AuditListener listener;
    private final InstantSource clock;
    private volatile AuditEvent.Client client;
    private Cause cause = BY_CLIENT; // guarded by this

    /** Makes the audit of the session of {@code client}. */
    public SessionAudit(HostServices services, AuditEvent.Client client) {
        this.listener = services.audit();
        this.clock = services.clock();
        this.client = client;
    }

    /** Why a session ends. */
    private record Cause(String code, String reason) {}

    /** Returns an audit for a session of which nobody is to know. */
    public static SessionAudit none() {
        return new SessionAudit(HostServices.standard(), new AuditEvent.Client("", "", "", ""));
    }

    /** Returns the id of the session. */
    public String session() {
        return client.session();
    }

    /** Reports that no session was opened, because of {@code code}: of a close, or the status of a handshake. */
    public void refused(int code, String reason) {
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

    /** Reports that a subscription to {@code channel} was refused with {@code code}. */
    public void notSubscribed(String channel, String code, String reason) {
        report(Kind.SUBSCRIBE, channel, code, reason);
    }

    /** Reports that the session has another grant of {@code channel}; none any more if there is a {@code code}. */
    public void grantChanged(String channel, String code, String reason) {
        report(Kind.GRANT_CHANGED, channel, code, reason);
    }

    /** Notes why the server ends the session; only the first cause counts. */
    public void ends(CloseCode code, String reason) {
        ends(new Cause(String.valueOf(code.code()), reason));
    }

    /** Notes why the server drops the connection without a close; only the first cause counts. */
    public void drops(String reason) {
        ends(new Cause("", reason));
    }

    private synchronized void ends(Cause first) {
        if (cause.equals(BY_CLIENT)) {
            cause = first;
        }
    }

    private synchronized Cause cause() {
        return cause;
    }

    public void disconnected() {
        Cause why = cause();
        report(Kind.DISCONNECT, "", why.code(), why.reason());
    }

    private void report(Kind kind, String channel, String code, String reason) {
        if (!listener.equals(AuditListener.NONE)) {
            listener.audit(new AuditEvent(kind, clock.instant(), client, channel, code, reason));
        }
    }
}
