package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncWriteQueueRecord;
import org.glassfish.grizzly.asyncqueue.TaskQueue;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to the socket below Tyrus, where that is Grizzly's. Tyrus' own writer wants a frame in one piece, which is
 * copied together for each place that sessions stand at, and Grizzly's copies it again and cuts it where it is large.
 *
 * <p>The turn is Grizzly's: whoever finds the connection's queue empty as it takes space in it may write at once, others queue. So
 * Tyrus' own pongs and closes come before or behind a frame. What the socket does not take is left to the queue.
 */
final class GrizzlyWriter extends EmptyCompletionHandler<WriteResult<?, ?>> implements FrameWriter {
    private final Session session;
    private final NIOConnection connection;
    private final SocketChannel socket;
    private final TaskQueue<AsyncWriteQueueRecord> queue;
    private volatile @Nullable Send inFlight;

    GrizzlyWriter(Session session, Object connection) {
        this.session = session;
        this.connection = (NIOConnection) connection;
        this.socket = (SocketChannel) this.connection.getChannel();
        this.queue = this.connection.getAsyncWriteQueue();
    }

    /** Whether {@code connection} is one whose socket takes frames as they are: Grizzly's, without TLS. */
    static boolean suits(Object connection) {
        return connection instanceof NIOConnection known
                && known.getChannel() instanceof SocketChannel
                && SSLUtils.getSSLEngine(known) == null;
    }

    @Override
    public void write(Frame frame, Send send) {
        if (!session.isOpen()) {
            throw new IllegalStateException("The connection is closed, or being closed");
        }
        inFlight = send;
        ByteBuffer[] buffers = frame.lend();
        try {
            if (writeOrQueue(buffers)) {
                frame.giveBack(buffers);
                send.end(null);
            }
        } catch (IOException broken) {
            send.end(broken);
            connection.closeSilently();
        }
    }

    private boolean writeOrQueue(ByteBuffer[] frame) throws IOException {
        int bytes = 0;
        for (ByteBuffer piece : frame) {
            bytes += piece.remaining();
        }
        if (queue.reserveSpace(bytes) != bytes) {
            queue.offer(waiting(frame));
            return false;
        }
        int written = (int) socket.write(frame);
        if (written < bytes) {
            queue.releaseSpaceAndNotify(written);
            queue.setCurrentElement(waiting(frame));
            connection.enableIOEvent(IOEvent.WRITE);
            return false;
        }
        if (queue.releaseSpaceAndNotify(bytes) != 0) {
            connection.simulateIOEvent(IOEvent.WRITE); // for what others have queued meanwhile
        }
        return true;
    }

    private AsyncWriteQueueRecord waiting(ByteBuffer[] frame) {
        var memory = connection.getMemoryManager();
        Buffer rest = Buffers.wrap(memory, frame[frame.length - 1]);
        if (frame.length > 1 && frame[0].hasRemaining()) {
            rest = Buffers.appendBuffers(memory, Buffers.wrap(memory, frame[0]), rest);
        }
        return AsyncWriteQueueRecord.create(connection, rest, this, null, null, false);
    }

    @Override
    public void completed(WriteResult<?, ?> written) {
        end(null);
    }

    @Override
    public void failed(Throwable failure) {
        end(failure);
    }

    @Override
    public void cancelled() {
        end(new IOException("Grizzly cancelled the send"));
    }

    private void end(@Nullable Throwable failure) {
        Send ended = inFlight;
        if (ended != null) {
            ended.end(failure);
        }
    }
}
