package io.laundrybridge.session.inbound;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;

/**
 * A session, as seen by the receiver of what its client sends. Confined to the session's worker, except {@link
 * #context}, {@link #failures}, {@link #onWorker}, {@link #inTurn} and {@link #onWorkerOrInTurn}.
 */
public interface InboundSession {

    /** Returns what all sessions of the endpoint share. */
    EndpointContext context();

    /** Returns the log of unforeseen errors. */
    RateLimitedLog failures();

    /** Runs {@code task} on the session's worker; any thread. */
    void onWorker(Runnable task);

    /** Runs {@code task} on the session's worker, in turn with what other sessions have to do; any thread. */
    void inTurn(Runnable task);

    /** Runs {@code task} on the session's worker, in turn with others if the session is a newcomer; any thread. */
    void onWorkerOrInTurn(Runnable task);

    /** Returns whether the conversation has begun; lines wait until then. */
    boolean conversing();

    /** Handles {@code line}; the answer is sent with the next {@link #pump}. */
    void take(ClientLine line);

    /** Sends what waits. */
    void pump();

    /** Handles the client's answer to a WebSocket ping. */
    void pong();

    /** Closes the session. */
    void close(CloseCode code, String reason);

    /** Drops the connection without a close. */
    void drop();

    /** Ends the session, because the socket has gone. */
    void gone();
}
