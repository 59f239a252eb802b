package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncWriteQueueRecord;
import org.glassfish.grizzly.asyncqueue.TaskQueue;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;

/**
 * Writes whole frames to the socket below Tyrus, if it is Grizzly's. Tyrus' own writer needs a frame in one piece, so
 * the frame is copied once per session and place. Grizzly copies it again, and cuts it if it is large.
 *
 * <p>Grizzly decides the turn: a writer that finds the connection's queue empty as it takes space may write at once;
 * others queue. So Tyrus' own pongs and closes come before or after a frame. The queue gets what the socket does not
 * take.
 */
final class GrizzlyWriter implements FrameWriter {
    private final OpenSession opened;
    private final NIOConnection connection;
    private final SocketChannel socket;
    private final TaskQueue<AsyncWriteQueueRecord> queue;
    private final GrizzlyCompletion<WriteResult<?, ?>> completion;

    GrizzlyWriter(OpenSession opened, Object connection) {
        this.opened = opened;
        this.completion = new GrizzlyCompletion<>(opened.send());
        this.connection = (NIOConnection) connection;
        this.socket = (SocketChannel) this.connection.getChannel();
        this.queue = this.connection.getAsyncWriteQueue();
    }

    /** Returns whether {@code connection} takes frames unchanged: Grizzly's, without TLS. */
    static boolean suits(Object connection) {
        return connection instanceof NIOConnection known
                && known.getChannel() instanceof SocketChannel
                && SSLUtils.getSSLEngine(known) == null;
    }

    @Override
    public int most() {
        return Frames.MOST;
    }

    @Override
    public void write(Frames frames) {
        opened.requireOpen();
        try {
            if (writeOrQueue(frames)) {
                opened.send().end(null);
            }
        } catch (IOException broken) {
            opened.send().end(broken);
            connection.closeSilently();
        }
    }

    private boolean writeOrQueue(Frames frames) throws IOException {
        int space = frames.first().length();
        if (queue.reserveSpace(space) != space) {
            queue.offer(waiting(frames.takeFirst().pieces()));
            return false;
        }
        ByteBuffer[] buffers = frames.lend();
        if (buffers.length == 1) {
            socket.write(buffers[0]);
        } else {
            socket.write(buffers);
        }
        ByteBuffer[] rest = frames.takeWritten();
        if (rest != null) {
            queue.reserveSpace(bytes(rest)); // before the release: at 0 others would write
            queue.releaseSpaceAndNotify(space);
            queue.setCurrentElement(waiting(rest));
            connection.enableIOEvent(IOEvent.WRITE);
            return false;
        }
        if (queue.releaseSpaceAndNotify(space) != 0) {
            connection.simulateIOEvent(IOEvent.WRITE); // for what others have queued by now
        }
        return true;
    }

    private static int bytes(ByteBuffer[] pieces) {
        int bytes = 0;
        for (ByteBuffer piece : pieces) {
            bytes += piece.remaining();
        }
        return bytes;
    }

    private AsyncWriteQueueRecord waiting(ByteBuffer[] frame) {
        var memory = connection.getMemoryManager();
        Buffer rest = Buffers.wrap(memory, frame[frame.length - 1]);
        if (frame.length > 1 && frame[0].hasRemaining()) {
            rest = Buffers.appendBuffers(memory, Buffers.wrap(memory, frame[0]), rest);
        }
        return AsyncWriteQueueRecord.create(connection, rest, completion, null, null, false);
    }
}
