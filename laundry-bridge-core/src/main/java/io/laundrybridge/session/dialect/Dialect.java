package io.laundrybridge.session.dialect;

import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;
import java.util.List;

/**
 * A language that sessions speak. Each is a package below this one, and a line where an endpoint's {@link Dialects} are
 * listed. Thread-safe.
 */
public interface Dialect {

    /** The name of the WebSocket subprotocol that asks for it; "" if it is for clients that ask for none. */
    String subprotocol();

    /** The extensions that clients may use on an endpoint with {@code channels}; none unless the dialect announces any. */
    default List<String> features(EndpointChannels channels) {
        return List.of();
    }

    /**
     * Begins to speak with the client of {@code handshake}.
     *
     * @param session may not be used yet, but to be kept: it opens later
     * @param subscribed to be run once the client has its first subscription
     */
    Conversation begin(Session session, Handshake handshake, Runnable subscribed);
}
