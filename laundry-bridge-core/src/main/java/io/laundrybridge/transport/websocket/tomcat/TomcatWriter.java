package io.laundrybridge.transport.websocket.tomcat;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.OpenSession;
import io.laundrybridge.transport.websocket.container.UnexpectedContainerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to Tomcat's socket under the same semaphore as Tomcat's own pongs and closes. What is on its way
 * goes first; anything else waits for the end of the frame. The frame goes straight to the channel as far as the kernel
 * takes it. The rest goes through Tomcat, which waits until there is room.
 */
final class TomcatWriter implements FrameWriter, CompletionHandler<Long, Object> {
    private final TomcatWriters tomcat;
    private final OpenSession opened;
    private final Object endpoint;
    private final Object socket;
    private final @Nullable SocketChannel channel;
    private final Semaphore turn;
    private final FrameWriter portable;

    TomcatWriter(
            TomcatWriters tomcat,
            OpenSession opened,
            Object endpoint,
            Object socket,
            @Nullable SocketChannel channel,
            Semaphore turn) {
        this.tomcat = tomcat;
        this.opened = opened;
        this.endpoint = endpoint;
        this.socket = socket;
        this.channel = channel;
        this.turn = turn;
        this.portable = opened.portableWriter();
    }

    @Override
    public void write(Frame frame) {
        if (!turn.tryAcquire()) {
            portable.write(frame); // it waits in Tomcat's queue
        } else if (!opened.session().isOpen()) {
            turn.release();
            throw new IllegalStateException("The connection is closed, or being closed");
        } else {
            writeInTurn(frame);
        }
    }

    private void writeInTurn(Frame frame) {
        if (channel == null) {
            writeRest(frame.pieces());
            return;
        }
        ByteBuffer[] buffers = frame.lend();
        try {
            if (takesAll(channel, buffers)) {
                frame.giveBack(buffers);
                end(null);
                return;
            }
        } catch (IOException broken) {
            end(broken);
            return;
        }
        writeRest(frame.rest(buffers));
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

    /** Gives the rest to Tomcat, which after an abort may hold its buffers longer than the send lasts. */
    private void writeRest(ByteBuffer[] buffers) {
        try {
            tomcat.write().invokeExact(socket, buffers, buffers.length, (CompletionHandler<?, ?>) this);
        } catch (Throwable otherVersion) {
            turn.release();
            throw new UnexpectedContainerException("Tomcat accepted no frame", otherVersion);
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
        try {
            tomcat.endTurn().invokeExact(endpoint);
        } catch (Throwable brokenDown) {
            opened.send().end(failure == null ? brokenDown : failure);
            return;
        }
        opened.send().end(failure);
    }
}
