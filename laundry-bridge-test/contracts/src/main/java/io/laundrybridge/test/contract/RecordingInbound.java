package io.laundrybridge.test.contract;

import io.laundrybridge.session.socket.Inbound;
import java.util.ArrayList;
import java.util.List;

/** Records everything that arrives. Thread-safe. */
public final class RecordingInbound implements Inbound {

    /** A part of a text message. */
    public record Part(String text, boolean last) {}

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

    /** Returns the parts of all text messages, in order. */
    public synchronized List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Returns whether a message has come to its end. */
    public synchronized boolean heardOut() {
        return !parts.isEmpty() && parts.get(parts.size() - 1).last();
    }

    /** Returns how many binary messages came. */
    public synchronized int binaries() {
        return binaries;
    }

    /** Returns how many pongs came. */
    public synchronized int pongs() {
        return pongs;
    }

    /** Returns whether the socket has closed. */
    public synchronized boolean isClosed() {
        return closed;
    }
}
