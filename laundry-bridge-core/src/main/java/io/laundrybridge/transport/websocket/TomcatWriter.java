package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to Tomcat's socket, in the turn that Tomcat's own pongs and closes take too: what is on its way goes
 * first, what comes meanwhile waits for the end of the frame. Straight to the channel as far as the kernel takes it; the
 * rest goes through Tomcat, which waits until there is room.
 */
final class TomcatWriter implements FrameWriter, CompletionHandler<Long, Object> {
    private final TomcatSockets tomcat;
    private final Session session;
    private final Object endpoint;
    private final Object socket;
    private final @Nullable SocketChannel channel;
    private final Semaphore turn;
    private final FrameWriter portable;
    private volatile @Nullable Send inFlight;

    TomcatWriter(
            TomcatSockets tomcat,
            Session session,
            Object endpoint,
            Object socket,
            @Nullable SocketChannel channel,
            Semaphore turn,
            FrameWriter portable) {
        this.tomcat = tomcat;
        this.session = session;
        this.endpoint = endpoint;
        this.socket = socket;
        this.channel = channel;
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
        ByteBuffer[] buffers = frame.lend();
        try {
            if (channel != null && takesAll(channel, buffers)) {
                frame.giveBack(buffers);
                end(send, null);
                return;
            }
        } catch (IOException broken) {
            end(send, broken);
            return;
        }
        writeRest(buffers, send);
    }

    private static boolean takesAll(SocketChannel channel, ByteBuffer[] buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        if (buffers.length == 1) {
            channel.write(last);
        } else {
            channel.write(buffers);
        }
        return !last.hasRemaining();
    }

    /** The buffers stay with Tomcat: after an abort it may hold them longer than the send lasts. */
    private void writeRest(ByteBuffer[] buffers, Send send) {
        inFlight = send;
        try {
            tomcat.write().invokeExact(socket, buffers, buffers.length, (CompletionHandler<?, ?>) this);
        } catch (Throwable otherVersion) {
            turn.release();
            FrameWriters.KNOWN.giveUp(session.getClass(), otherVersion);
            throw new IllegalStateException("Tomcat took no frame", otherVersion);
        }
    }

    @Override
    public void completed(Long bytes, @Nullable Object none) {
        end(inFlight, null);
    }

    @Override
    public void failed(Throwable failure, @Nullable Object none) {
        end(inFlight, failure);
    }

    private void end(@Nullable Send ended, @Nullable Throwable failure) {
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
