package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.dialect.Dialects;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.contract.SocketAcceptor;
import java.util.List;
import java.util.Set;

/** Hands sockets to a contract, behind admission rules that the tests know. */
final class RecordingAcceptor implements Acceptor {

    private final String path;
    private final TransportChoice transport;
    private final Admission admission =
            Admission.of(List.of("https://staff.example"), List.of("laundry.example"), List.of("127.0.0.2"));
    private final Dialects dialects = new Dialects(List.of(new FullDialect()));
    private final SocketAcceptor sockets;

    RecordingAcceptor(String path, TransportChoice transport, SocketAcceptor sockets) {
        this.path = path;
        this.transport = transport;
        this.sockets = sockets;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Set<String> roles() {
        return Set.of("washer");
    }

    @Override
    public boolean authenticates() {
        return false;
    }

    @Override
    public List<String> subprotocols() {
        return dialects.subprotocols();
    }

    @Override
    public String negotiate(List<String> requested) {
        return dialects.negotiate(requested);
    }

    @Override
    public TransportChoice transport() {
        return transport;
    }

    @Override
    public Verdict admits(UpgradeRequest request) {
        return admission.judge(request);
    }

    @Override
    public Inbound accept(Handshake handshake, Transport transport) {
        return sockets.accept(handshake, transport);
    }
}
