package io.laundrybridge.simulation;

import io.laundrybridge.session.socket.Inbound;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page. It reads at once, or not at all for a while. It answers beats, and counts what it misses. If its connection
 * ends, it comes back at its place.
 */
final class SimulatedClient {
    private static final long ROUND_TRIP_NANOS = 20_000_000L;
    /** The browser client comes back within half a second, at random, if its connection was a good one. */
    private static final double LONGEST_PAUSE_NANOS = 5e8;

    private final SimulatedNode node;
    private final SimulatedWorker worker;
    private final Network network;
    private @Nullable SimulatedSocket socket;
    private @Nullable Inbound connection;
    private boolean reads = true;
    private boolean hasCome;
    private long next;

    SimulatedClient(SimulatedNode node, SimulatedWorker worker, Network network, long next) {
        this.node = node;
        this.worker = worker;
        this.network = network;
        this.next = next;
    }

    /** Returns the offset of the event that it waits for. */
    long next() {
        return next;
    }

    /** Returns whether it has not come to this node yet. */
    boolean isElsewhere() {
        return !hasCome;
    }

    boolean isConnected() {
        return socket != null;
    }

    boolean reads() {
        return reads;
    }

    SimulatedNode node() {
        return node;
    }

    Network network() {
        return network;
    }

    SimulatedWorker worker() {
        return worker;
    }

    /** Connects, and asks for what follows its last event. */
    void connect() {
        hasCome = true;
        SimulatedSocket opened = new SimulatedSocket(this);
        socket = opened;
        connection = node.open(this, opened);
        say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"events\",\"from\":\"at:" + node.head() + ":0@" + next + "\""
                + node.subscription() + "}");
    }

    private void say(String line) {
        Objects.requireNonNull(connection).text(line, true);
        worker.wake();
    }

    /** Reads nothing from now on. */
    void stall() {
        reads = false;
    }

    /** Reads on, and connects again if the server has given it up. */
    void readOn() {
        reads = true;
        if (socket == null) {
            comeBack();
        } else {
            socket.readOn();
        }
    }

    /** Reads what {@code from} has brought. */
    void read(FrameContent content, SimulatedSocket from) {
        if (content.gaps() > 0) {
            node.faults().gaps += content.gaps();
            next = Math.max(next, content.first());
        }
        if (content.events() > 0) {
            node.faults().missing += Math.max(0, content.first() - next);
            node.faults().repeated += Math.max(0, next - content.first());
            next = content.last() + 1;
        }
        if (content.beat() >= 0) {
            network.at(node.now() + ROUND_TRIP_NANOS, () -> answer(from, content.beat()));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same socket
    private void answer(SimulatedSocket of, long beat) {
        network.work(node.costs().answer());
        if (of == socket && reads) {
            say("{\"op\":\"beat\",\"n\":" + beat + "}");
        }
    }

    /** Handles that the server has dropped its connection. */
    void dropped() {
        Inbound ended = Objects.requireNonNull(connection);
        socket = null;
        connection = null;
        node.faults().dropped++;
        ended.closed();
        worker.wake();
        if (reads) {
            comeBack();
        }
    }

    private void comeBack() {
        long pause = (long) (node.random().nextDouble() * LONGEST_PAUSE_NANOS);
        network.at(node.now() + pause, this::connect);
    }
}
