package io.laundrybridge.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes sockets and keeps them for the test. Thread-safe. */
public final class OpenedSockets implements SocketAcceptor {

    /** A socket that was opened. */
    public record Opened(Handshake handshake, Transport transport, RecordingInbound inbound) {}

    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();

    @Override
    public Inbound accept(Handshake handshake, Transport transport) {
        RecordingInbound inbound = new RecordingInbound();
        opened.add(new Opened(handshake, transport, inbound));
        return inbound;
    }

    /** Returns the next socket, within 10 s. */
    public Opened awaitOpened() {
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
    public void forget() {
        opened.clear();
    }

    /** Returns whether no socket waits to be taken. */
    public boolean openedNone() {
        return opened.isEmpty();
    }
}
