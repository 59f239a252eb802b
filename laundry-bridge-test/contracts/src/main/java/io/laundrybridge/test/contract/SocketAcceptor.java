package io.laundrybridge.test.contract;

import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;

/** Takes the sockets that a transport opens, in place of a sink. */
@FunctionalInterface
public interface SocketAcceptor {

    /** Takes an open socket; returns what the transport has to call for each message of its client. */
    Inbound accept(Handshake handshake, Transport transport);
}
