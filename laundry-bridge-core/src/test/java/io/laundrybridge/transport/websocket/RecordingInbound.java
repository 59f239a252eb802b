package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.socket.Inbound;
import java.util.ArrayList;
import java.util.List;

/** Writes down what arrives. */
final class RecordingInbound implements Inbound {

    /** A part of a text message. */
    record Part(String text, boolean last) {}

    private final List<Part> parts = new ArrayList<>();
    private int binaries;
    private int pongs;
    private boolean closed;

    @Override
    public synchronized void text(String part, boolean last) {
        parts.add(new Part(part, last));
    }

    @Override
    public synchronized void binary() {
        binaries++;
    }

    @Override
    public synchronized void pong() {
        pongs++;
    }

    @Override
    public synchronized void closed() {
        closed = true;
    }

    synchronized List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Whether a message has come to its end. */
    synchronized boolean heardOut() {
        return !parts.isEmpty() && parts.get(parts.size() - 1).last();
    }

    synchronized int binaries() {
        return binaries;
    }

    synchronized int pongs() {
        return pongs;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
