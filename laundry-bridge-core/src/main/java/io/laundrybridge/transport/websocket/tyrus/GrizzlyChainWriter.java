package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.OpenSession;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Writes whole frames through the filters of Grizzly's connection, for connections with TLS in GlassFish and Payara.
 * There Tyrus' writer reports a frame as sent once Grizzly has queued it, so a client that reads nothing would fill a
 * queue. Grizzly reports when the socket has taken it. Links to Grizzly: never loaded elsewhere.
 */
final class GrizzlyChainWriter implements FrameWriter {
    private final OpenSession opened;
    private final Connection<Object> connection;
    private final GrizzlyCompletion<WriteResult<Buffer, Object>> completion;

    @SuppressWarnings("unchecked")
    GrizzlyChainWriter(OpenSession opened, Object connection) {
        this.opened = opened;
        this.completion = new GrizzlyCompletion<>(opened.send());
        this.connection = (Connection<Object>) connection;
    }

    @Override
    public void write(Frames frames) {
        opened.requireOpen();
        connection.write(
                Buffers.wrap(connection.getMemoryManager(), frames.takeFirst().whole()), completion);
    }
}
