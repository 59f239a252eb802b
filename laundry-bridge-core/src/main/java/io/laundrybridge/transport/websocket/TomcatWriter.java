package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to Tomcat's socket, in the turn that Tomcat's own pongs and closes take too: what is on its way goes
 * first, what comes meanwhile waits for the end of the frame.
 */
final class TomcatWriter implements FrameWriter, CompletionHandler<Long, Object> {
    private final TomcatSockets tomcat;
    private final Session session;
    private final Object endpoint;
    private final Object socket;
    private final Semaphore turn;
    private final FrameWriter portable;
    private volatile @Nullable Send inFlight;

    TomcatWriter(
            TomcatSockets tomcat,
            Session session,
            Object endpoint,
            Object socket,
            Semaphore turn,
            FrameWriter portable) {
        this.tomcat = tomcat;
        this.session = session;
        this.endpoint = endpoint;
        this.socket = socket;
        this.turn = turn;
        this.portable = portable;
    }

    @Override
    public void write(Frame frame, Send send) {
        if (!turn.tryAcquire()) {
            portable.write(frame, send); // it waits in Tomcat's queue
        } else if (!session.isOpen()) {
            turn.release();
            throw new IllegalStateException("The connection is closed, or being closed");
        } else {
            writeInTurn(frame, send);
        }
    }

    private void writeInTurn(Frame frame, Send send) {
        inFlight = send;
        ByteBuffer[] buffers = frame.lend();
        try {
            tomcat.write().invokeExact(socket, buffers, (CompletionHandler<?, ?>) this);
        } catch (Throwable otherVersion) {
            turn.release();
            FrameWriters.KNOWN.giveUp(session.getClass(), otherVersion);
            throw new IllegalStateException("Tomcat took no frame", otherVersion);
        }
        if (send.isOver()) {
            frame.giveBack(buffers);
        }
    }

    @Override
    public void completed(Long bytes, @Nullable Object none) {
        end(null);
    }

    @Override
    public void failed(Throwable failure, @Nullable Object none) {
        end(failure);
    }

    private void end(@Nullable Throwable failure) {
        Send ended = inFlight;
        try {
            tomcat.endTurn().invokeExact(endpoint);
        } catch (Throwable brokenDown) {
            endWith(ended, failure == null ? brokenDown : failure);
            return;
        }
        endWith(ended, failure);
    }

    private static void endWith(@Nullable Send send, @Nullable Throwable failure) {
        if (send != null) {
            send.end(failure);
        }
    }
}
