package io.laundrybridge.transport.websocket.tomcat;

import io.laundrybridge.session.socket.Frames;
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
 * goes first; anything else waits for the end of the frame. Frames go straight to the channel as far as the kernel
 * takes them. The rest of one goes through Tomcat, which waits until there is room.
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
    public int most() {
        return channel == null ? 1 : Frames.MOST;
    }

    @Override
    public void write(Frames frames) {
        if (!turn.tryAcquire()) {
            portable.write(frames); // it waits in Tomcat's queue
        } else if (!opened.session().isOpen()) {
            turn.release();
            throw new IllegalStateException("The connection is closed, or being closed");
        } else {
            writeInTurn(frames);
        }
    }

    private void writeInTurn(Frames frames) {
        if (channel == null) {
            writeRest(frames.takeFirst().pieces());
            return;
        }
        ByteBuffer[] buffers = frames.lend();
        try {
            if (buffers.length == 1) {
                channel.write(buffers[0]);
            } else {
                channel.write(buffers);
            }
        } catch (IOException broken) {
            end(broken);
            return;
        }
        ByteBuffer[] rest = frames.takeWritten();
        if (rest == null) {
            end(null);
        } else {
            writeRest(rest);
        }
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
