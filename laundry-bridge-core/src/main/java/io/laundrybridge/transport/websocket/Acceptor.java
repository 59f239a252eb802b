package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.HostSession;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a sink that this package uses: admission of clients, and a taker of open sockets. Thread-safe. */
interface Acceptor {

    /** Returns the path of the endpoint, from the application's root. */
    String path();

    /** Returns the roles that access rules ask for. Containers answer for a user's roles only during the handshake. */
    Set<String> roles();

    /** Returns whether authenticators read the headers of handshakes. */
    boolean authenticates();

    /** Returns the host's session behind {@code httpSession}, as the container reports it at a handshake. */
    default @Nullable HostSession hostSession(@Nullable Object httpSession) {
        return null;
    }

    /** Returns the subprotocols that clients may ask for. */
    List<String> subprotocols();

    /** Returns the subprotocol for the answer to a handshake, out of those {@code requested}; "" if there is none. */
    String negotiate(List<String> requested);

    /** Returns the configured way to hand frames to the container. */
    TransportChoice transport();

    /**
     * Decides whether a handshake may continue, and for which user; see
     * {@link io.laundrybridge.session.admission.Admission}.
     */
    Verdict admits(UpgradeRequest request);

    /** Takes an open socket, on the container's thread. */
    Inbound accept(Handshake handshake, Transport transport);
}
