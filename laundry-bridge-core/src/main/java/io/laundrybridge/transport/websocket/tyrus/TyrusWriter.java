package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.glassfish.tyrus.spi.WriterInfo.MessageType;
import org.glassfish.tyrus.spi.WriterInfo.RemoteEndpointType;

/**
 * Hands whole frames to the writer of Tyrus' own frames, in servlet containers and with TLS. Through the API, each
 * session frames the same bytes again, in two copies. Links to Tyrus, because its completion handler is no interface:
 * never loaded elsewhere.
 */
final class TyrusWriter extends CompletionHandler<ByteBuffer> implements FrameWriter {
    private static final WriterInfo LINES = new WriterInfo(MessageType.BINARY, RemoteEndpointType.ASYNC);
    private static final WriterInfo TEXT = new WriterInfo(MessageType.TEXT, RemoteEndpointType.ASYNC);

    private final OpenSession opened;
    private final Writer writer;

    TyrusWriter(OpenSession opened, Closeable writer) {
        this.opened = opened;
        this.writer = (Writer) writer;
    }

    @Override
    public void write(Frames frames) {
        opened.requireOpen();
        Frame frame = frames.takeFirst();
        writer.write(frame.whole(), this, frame.isText() ? TEXT : LINES);
    }

    @Override
    public void completed(ByteBuffer frame) {
        opened.send().end(null);
    }

    @Override
    public void failed(Throwable failure) {
        opened.send().end(failure);
    }

    @Override
    public void cancelled() {
        opened.send().end(new IOException("Tyrus cancelled the send"));
    }
}
