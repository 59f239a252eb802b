package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.Session;
import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames through the filters of Grizzly's connection, for those that TLS wraps in GlassFish and Payara. Tyrus'
 * writer there calls a frame sent once Grizzly has queued it, so that a client which reads nothing would fill a queue; Grizzly
 * says when the socket has taken it. Links to Grizzly: never loaded elsewhere.
 */
final class GrizzlyChainWriter extends EmptyCompletionHandler<WriteResult<Buffer, Object>> implements FrameWriter {
    private final Session session;
    private final Connection<Object> connection;
    private volatile @Nullable Send inFlight;

    @SuppressWarnings("unchecked")
    GrizzlyChainWriter(Session session, Object connection) {
        this.session = session;
        this.connection = (Connection<Object>) connection;
    }

    @Override
    public void write(Frame frame, Send send) {
        if (!session.isOpen()) {
            throw new IllegalStateException("The connection is closed, or being closed");
        }
        inFlight = send;
        connection.write(Buffers.wrap(connection.getMemoryManager(), frame.whole()), this);
    }

    @Override
    public void completed(WriteResult<Buffer, Object> written) {
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
