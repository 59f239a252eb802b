package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Handshake;
import io.laundrybridge.session.Inbound;
import io.laundrybridge.session.Transport;
import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.WebSocketSink;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sockets go to a sink. */
record SinkAcceptor(WebSocketSink sink) implements Acceptor {

    @Override
    public String path() {
        return sink.path();
    }

    @Override
    public Set<String> roles() {
        return sink.roles();
    }

    @Override
    public TransportChoice transport() {
        return sink.transport();
    }

    @Override
    public boolean admits(@Nullable String origin, @Nullable String host, boolean ambientCredential) {
        return sink.admits(origin, host, ambientCredential);
    }

    @Override
    public Inbound accept(Handshake handshake, Transport transport) {
        return sink.accept(handshake, transport);
    }
}
