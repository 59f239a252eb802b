package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.SendCompletion;
import io.laundrybridge.session.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's session as a {@link Transport}. Lines go out as binary: measured, every container sends the shared bytes
 * as one frame without encoding them again, which none does for text.
 *
 * <p>Completions come exactly once whatever the container does: some call back on the caller's stack and then throw,
 * some report a cut-off frame as sent, some say nothing after a close. Who takes the send out of {@link #inFlight} first
 * completes it.
 */
final class JakartaTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(JakartaTransport.class);
    /** Jetty cuts larger messages into frames of this size; nobody gains by more. */
    private static final int MAX_BATCH_BYTES = 64 * 1024;

    /** The session keeps its own deadline. Undertow would cut a frame off at this one and call it sent. */
    private static final long NO_TIMEOUT = -1;

    private final Session session;
    /** Kept: Tomcat and Tyrus refuse to give it out once the session is closed. */
    private final RemoteEndpoint.Async remote;

    private final HardClose hardClose;
    private final AtomicReference<@Nullable Send> inFlight = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean aborted;

    JakartaTransport(Session session) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.hardClose = HardCloses.of(session);
        remote.setSendTimeout(NO_TIMEOUT);
    }

    @Override
    public void sendLines(ByteBuffer lines, SendCompletion completion) {
        start(completion, send -> remote.sendBinary(lines.duplicate(), send::ended));
    }

    @Override
    public void sendText(String text, SendCompletion completion) {
        start(completion, send -> remote.sendText(text, send::ended));
    }

    @Override
    public void ping(SendCompletion completion) {
        start(completion, send -> {
            remote.sendPing(ByteBuffer.allocate(0));
            send.end(null);
        });
    }

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public void close(int code, String reason) {
        if (closed.compareAndSet(false, true)) {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), Reason.cut(reason)));
            } catch (IOException | RuntimeException alreadyGone) {
                LOG.debug("Session {} did not close with {}", session.getId(), code, alreadyGone);
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        closed.set(true);
        dropConnection();
        Send pending = inFlight.get();
        if (pending != null) {
            pending.end(new ClosedChannelException());
        }
    }

    private void dropConnection() {
        try {
            hardClose.close(session, remote);
        } catch (ReflectiveOperationException | IOException | RuntimeException alreadyGone) {
            LOG.debug("Session {} was not dropped", session.getId(), alreadyGone);
        }
    }

    private void start(SendCompletion completion, ContainerSend call) {
        Send send = new Send(completion, inFlight);
        if (!inFlight.compareAndSet(null, send)) {
            throw new IllegalStateException("The send before has not completed");
        }
        try {
            if (aborted) {
                throw new IllegalStateException("The connection has been dropped");
            }
            call.start(send);
        } catch (IOException failed) {
            send.end(failed);
        } catch (RuntimeException | Error refused) {
            if (send.take()) {
                throw refused;
            }
        }
    }

    /** One of the container's ways to send. */
    private interface ContainerSend {
        void start(Send send) throws IOException;
    }
}
