package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.transport.websocket.container.HardClose;
import jakarta.websocket.CloseReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.glassfish.tyrus.spi.WriterInfo.MessageType;
import org.glassfish.tyrus.spi.WriterInfo.RemoteEndpointType;

/**
 * Ends a connection below Tyrus, whose own close sends a close frame and drops the connection in one go. This one
 * leaves it to the client's close frame, and to the session's grace. Links to Tyrus: never loaded elsewhere.
 */
final class TyrusClose extends CompletionHandler<ByteBuffer> implements HardClose {
    private static final WriterInfo CLOSE = new WriterInfo(MessageType.CLOSE, RemoteEndpointType.SUPER);
    private static final int FINAL_CLOSE = 0x88;

    private final Writer writer;
    private final HardClose drop;

    TyrusClose(Closeable writer, HardClose drop) {
        this.writer = (Writer) writer;
        this.drop = drop;
    }

    @Override
    public void close() throws ReflectiveOperationException, IOException {
        drop.close();
    }

    @Override
    public boolean sendClose(CloseReason reason) {
        writer.write(frame(reason), this, CLOSE);
        return true;
    }

    private static ByteBuffer frame(CloseReason reason) {
        byte[] phrase = reason.getReasonPhrase().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + phrase.length)
                .put((byte) FINAL_CLOSE)
                .put((byte) (2 + phrase.length))
                .putChar((char) reason.getCloseCode().getCode())
                .put(phrase)
                .flip();
    }
}
