package io.laundrybridge.session.inbound;

import io.laundrybridge.protocol.ClientLine;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one client that its session has not handled yet. They are one task in the worker's queue, which handles
 * some of them per turn, so that many lines delay no other session. Any thread adds; the worker takes.
 */
final class InboundLines implements Runnable {
    private static final int LINES_A_TURN = 16;
    private static final long NANOS_A_TURN = 1_000_000;

    private final InboundSession session;
    private final int most;
    private final Queue<ClientLine> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    InboundLines(InboundSession session, int most) {
        this.session = session;
        this.most = most;
    }

    /**
     * Adds {@code line}. Calls come one at a time.
     *
     * @return false if too many wait
     */
    boolean add(ClientLine line) {
        if (waiting.get() >= most) {
            return false;
        }
        lines.add(line);
        if (waiting.getAndIncrement() == 0) {
            session.onWorkerOrInTurn(this);
        }
        return true;
    }

    /** Returns whether the session has handled everything that the client sent. */
    boolean isEmpty() {
        return waiting.get() == 0;
    }

    /** Handles the lines that came before the session's conversation began. */
    void begin() {
        if (!isEmpty()) {
            session.onWorkerOrInTurn(this);
        }
    }

    @Override
    public void run() {
        if (!session.conversing()) {
            return;
        }
        long began = session.context().nanoTime();
        int handled = 0;
        boolean over = false;
        while (!over) {
            @Nullable ClientLine line = lines.poll();
            if (line == null) {
                break;
            }
            session.take(line);
            over = ++handled == LINES_A_TURN || session.context().nanoTime() - began >= NANOS_A_TURN;
        }
        if (waiting.addAndGet(-handled) > 0) {
            session.inTurn(this);
        }
        session.pump();
    }
}
