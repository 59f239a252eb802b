package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.HardClose;
import io.laundrybridge.transport.websocket.container.OpenSession;
import io.laundrybridge.transport.websocket.container.PendingSend;
import io.laundrybridge.transport.websocket.container.UnexpectedContainerException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's session as a {@link Transport}. Each completion comes exactly once, whatever the container does. Some
 * containers call back on the caller's stack and then throw, some report a cut-off frame as sent, some report nothing
 * after a close.
 */
final class JakartaTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(JakartaTransport.class);
    /** The largest batch. Jetty cuts larger messages into frames of this size, and no container gains by more. */
    private static final int MAX_BATCH_BYTES = 64 * 1024;

    /**
     * Switches send timeouts off, because the session has its own deadline. Undertow would cut a frame off at its
     * timeout and report it as sent.
     */
    private static final long NO_TIMEOUT = -1;

    private final OpenSession opened;
    private final ContainerWays ways;
    private final HardClose hardClose;
    private final FrameWriter writer;
    private final PendingSend send = new PendingSend();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean aborted;
    private volatile boolean awaitsClose;

    JakartaTransport(Session session, TransportChoice choice) {
        this.opened = new OpenSession(session, session.getAsyncRemote(), send);
        this.ways = Containers.ways(session.getClass());
        this.hardClose = ways.hardClose(opened);
        opened.remote().setSendTimeout(NO_TIMEOUT);
        this.writer = choice == TransportChoice.PORTABLE ? opened.portableWriter() : ways.writer(opened);
    }

    /** Returns the way that frames take. */
    FrameWriter writer() {
        return writer;
    }

    @Override
    public void send(Frame frame, SendCompletion completion) {
        send(Frames.of(frame), completion);
    }

    @Override
    public int mostFrames() {
        return writer.most();
    }

    @Override
    public void send(Frames frames, SendCompletion completion) {
        begin(completion);
        try {
            writer.write(frames);
        } catch (RuntimeException | Error refused) {
            if (isUnanswered(refused)) {
                throw refused;
            }
        }
    }

    @Override
    public void ping(SendCompletion completion) {
        begin(completion);
        try {
            opened.remote().sendPing(ByteBuffer.allocate(0));
            send.end(null);
        } catch (IOException failed) {
            send.end(failed);
        } catch (RuntimeException | Error refused) {
            if (isUnanswered(refused)) {
                throw refused;
            }
        }
    }

    /** Returns whether the send is still in flight. It is not if it completed before the container threw. */
    private boolean isUnanswered(Throwable refused) {
        if (refused instanceof UnexpectedContainerException unexpected) {
            ways.giveUpWriters(unexpected.reason());
        }
        return send.take();
    }

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public void close(int code, String reason) {
        close(code, reason, hardClose::sendClose);
    }

    /** Closes by the container's own close, which is for connections that no session drops after its grace. */
    void closeUnwatched(int code, String reason) {
        close(code, reason, own -> false);
    }

    private void close(int code, String text, Predicate<CloseReason> frame) {
        if (closed.compareAndSet(false, true)) {
            CloseReason reason = new CloseReason(CloseReason.CloseCodes.getCloseCode(code), CloseReasonText.cut(text));
            try {
                awaitsClose = true; // before the frame: the client may answer at once
                awaitsClose = frame.test(reason);
                if (!awaitsClose) {
                    opened.session().close(reason);
                }
            } catch (IOException | RuntimeException alreadyGone) {
                LOG.debug("Session {} did not close with {}", opened.session().getId(), code, alreadyGone);
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        closed.set(true);
        dropConnection();
        gone();
    }

    /**
     * Ends the send in flight, because the connection has gone and not every container reports that. Drops one whose
     * client has answered a close frame of {@link HardClose}: the container would answer that with a second one.
     */
    void gone() {
        if (awaitsClose) {
            dropConnection();
        }
        send.end(new ClosedChannelException());
    }

    private void dropConnection() {
        try {
            hardClose.close();
        } catch (ReflectiveOperationException | IOException | RuntimeException alreadyGone) {
            LOG.debug("Session {} was not dropped", opened.session().getId(), alreadyGone);
        }
    }

    private void begin(SendCompletion completion) {
        send.begin(completion);
        if (aborted && send.take()) {
            throw new IllegalStateException("The connection has been dropped");
        }
    }
}
