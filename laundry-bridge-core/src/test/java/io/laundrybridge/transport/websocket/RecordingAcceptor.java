package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.dialect.Dialects;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes sockets and keeps them for the test. */
final class RecordingAcceptor implements Acceptor {

    /** A socket that was opened. */
    record Opened(Handshake handshake, Transport transport, RecordingInbound inbound) {}

    private final String path;
    private final TransportChoice transport;
    private final Admission admission =
            Admission.of(List.of("https://staff.example"), List.of("laundry.example"), List.of("127.0.0.2"));
    private final Dialects dialects = new Dialects(List.of(new FullDialect()));
    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();

    RecordingAcceptor(String path, TransportChoice transport) {
        this.path = path;
        this.transport = transport;
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
        RecordingInbound inbound = new RecordingInbound();
        opened.add(new Opened(handshake, transport, inbound));
        return inbound;
    }

    /** The next socket, within 10 s. */
    Opened awaitOpened() {
        try {
            Opened next = opened.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a session, opened within 10 s").isNotNull();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Drops the sockets that wait to be taken. */
    void forget() {
        opened.clear();
    }

    /** Whether no socket waits to be taken. */
    boolean openedNone() {
        return opened.isEmpty();
    }
}
