package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Handshake;
import io.laundrybridge.session.Inbound;
import io.laundrybridge.session.Transport;
import io.laundrybridge.session.TransportChoice;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this package needs of a sink: who may connect, and where an open socket goes. Thread-safe. */
interface Acceptor {

    /** The path of the endpoint, from the application's root. */
    String path();

    /** The roles that access rules ask for. Containers answer for a user's roles during the handshake only. */
    Set<String> roles();

    /** How frames are to be handed to the container. */
    TransportChoice transport();

    /** Whether a handshake may go on; see {@link io.laundrybridge.session.OriginPolicy#allows}. */
    boolean admits(@Nullable String origin, @Nullable String host, boolean ambientCredential);

    /** Takes an open socket; on the container's thread. */
    Inbound accept(Handshake handshake, Transport transport);
}
