package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.glassfish.tyrus.spi.WriterInfo.MessageType;
import org.glassfish.tyrus.spi.WriterInfo.RemoteEndpointType;
import org.jspecify.annotations.Nullable;

/**
 * Hands whole frames to what writes Tyrus' own: in a servlet container, and where TLS wraps them. By the API each session frames
 * the same bytes again, in two copies. Links to Tyrus, because its completion handler is no interface: never loaded elsewhere.
 */
final class TyrusWriter extends CompletionHandler<ByteBuffer> implements FrameWriter {
    private static final WriterInfo LINES = new WriterInfo(MessageType.BINARY, RemoteEndpointType.ASYNC);
    private static final WriterInfo TEXT = new WriterInfo(MessageType.TEXT, RemoteEndpointType.ASYNC);

    private final Session session;
    private final Writer writer;
    private volatile @Nullable Send inFlight;

    TyrusWriter(Session session, Closeable writer) {
        this.session = session;
        this.writer = (Writer) writer;
    }

    @Override
    public void write(Frame frame, Send send) {
        if (!session.isOpen()) {
            throw new IllegalStateException("The connection is closed, or being closed");
        }
        inFlight = send;
        writer.write(frame.whole(), this, frame.isText() ? TEXT : LINES);
    }

    @Override
    public void completed(ByteBuffer frame) {
        end(null);
    }

    @Override
    public void failed(Throwable failure) {
        end(failure);
    }

    @Override
    public void cancelled() {
        end(new IOException("Tyrus cancelled the send"));
    }

    private void end(@Nullable Throwable failure) {
        Send ended = inFlight;
        if (ended != null) {
            ended.end(failure);
        }
    }
}
