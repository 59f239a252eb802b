package io.laundrybridge.session.worker;

import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.socket.Transport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a session's socket: it is closed or dropped by a thread that may block, and counted out once. Confined to
 * the session's worker, but for what runs elsewhere.
 */
final class SocketEnd {
    private final DrainWorker worker;
    private final Transport transport;
    private final Runnable onEnded;
    private final AtomicBoolean countedOut = new AtomicBoolean();

    /**
     * Makes the end of an open socket; {@code onEnded} runs once, on any thread, when the socket has gone or was
     * dropped.
     */
    SocketEnd(DrainWorker worker, Transport transport, Runnable onEnded) {
        this.worker = worker;
        this.transport = transport;
        this.onEnded = onEnded;
    }

    void close(Goodbye goodbye) {
        worker.elsewhere(
                BlockingCalls.Lane.CLOSE, () -> transport.close(goodbye.code().code(), goodbye.reason()));
    }

    /** Drops a socket that the container has reported as closed, if it reads on, as Tomcat does. */
    void dropAfter(Duration grace) {
        worker.alarm(() -> worker.elsewhere(BlockingCalls.Lane.ABORT, transport::abort))
                .within(grace.toNanos());
    }

    /** Drops the socket, which counts as open until that has been done. */
    void drop() {
        if (!worker.elsewhere(BlockingCalls.Lane.ABORT, this::abort)) {
            countOut();
        }
    }

    /** Counts the socket out, because it has gone. */
    void countOut() {
        if (!countedOut.getAndSet(true)) {
            onEnded.run();
        }
    }

    private void abort() {
        try {
            transport.abort();
        } finally {
            countOut();
        }
    }
}
