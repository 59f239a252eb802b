package io.laundrybridge.session.login;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import org.jspecify.annotations.Nullable;

/** A session, as seen by its login. Confined to the session's worker, except {@link #context} and {@link #later}. */
public interface LoginSession {

    /** Returns what all sessions of the endpoint share; any thread. */
    EndpointContext context();

    /** Returns the session's user as of now. */
    Caller caller();

    /** Returns the reporter of what happens to the session. */
    SessionAudit audit();

    /** Replaces the session's user, whose grants are then asked again. */
    void become(Caller now);

    /** Asks the grants of the session's user again. */
    void recheck();

    /** Begins the conversation, because the handshake's credentials are settled. */
    void admit();

    /** Handles a line that waited. */
    void line(ClientLine line);

    /** Returns the words of the session's dialect; null if it takes no tokens. */
    @Nullable LoginLines loginLines();

    /** Returns whether the session is closing. */
    boolean closing();

    /** Closes the session. */
    void close(CloseCode code, String reason);

    /** Runs {@code task} on the session's worker, unless the session has begun to close; any thread. */
    void later(Runnable task);
}
