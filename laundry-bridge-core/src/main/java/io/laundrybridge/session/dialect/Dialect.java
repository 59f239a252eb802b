package io.laundrybridge.session.dialect;

import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;
import java.util.List;

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
     * Begins the conversation with the client of {@code handshake}.
     *
     * @param session opens later; until then it is only stored and asked for its context
     * @param subscribed runs once the client has its first subscription
     */
    Conversation begin(Session session, Handshake handshake, Runnable subscribed);
}
