package io.laundrybridge.session.dialect;

import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A language that sessions speak. Each dialect is a package below this one, and an entry in an endpoint's
 * {@link Dialects}. Thread-safe.
 */
public interface Dialect {

    /** Returns the name of its WebSocket subprotocol; "" if it is for clients that request none. */
    String subprotocol();

    /** Returns the extensions that clients may use on an endpoint; none unless the dialect announces any. */
    default List<String> features(EndpointContext context) {
        return List.of();
    }

    /**
     * Returns the frame for a client that gets no session now, before its close; null if the dialect has no words for
     * that.
     *
     * @param retryAfterMillis when it should come back
     */
    default @Nullable Frame refusal(CloseCode code, long retryAfterMillis) {
        return null;
    }

    /**
     * Begins the conversation with the client of {@code handshake}.
     *
     * @param session opens later; until then it is only stored and asked for its context
     * @param subscribed runs once the client has its first subscription
     */
    Conversation begin(Session session, Handshake handshake, Runnable subscribed);
}
