package io.laundrybridge.transport.websocket;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.HostSession;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands open sockets to a sink. */
record SinkAcceptor(WebSocketSink sink, Function<@Nullable Object, @Nullable HostSession> hostSessions)
        implements Acceptor {

    @Override
    public String path() {
        return sink.path();
    }

    @Override
    public Set<String> roles() {
        return sink.roles();
    }

    @Override
    public boolean authenticates() {
        return sink.authMode() != AuthMode.NONE;
    }

    @Override
    public @Nullable HostSession hostSession(@Nullable Object httpSession) {
        return hostSessions.apply(httpSession);
    }

    @Override
    public List<String> subprotocols() {
        return sink.subprotocols();
    }

    @Override
    public String negotiate(List<String> requested) {
        return sink.negotiate(requested);
    }

    @Override
    public TransportChoice transport() {
        return sink.transport();
    }

    @Override
    public Verdict admits(UpgradeRequest request) {
        return sink.admits(request);
    }

    @Override
    public Inbound accept(Handshake handshake, Transport transport) {
        return sink.accept(handshake, transport);
    }
}
