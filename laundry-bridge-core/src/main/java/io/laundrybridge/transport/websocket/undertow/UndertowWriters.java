package io.laundrybridge.transport.websocket.undertow;

import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.OpenSession;
import io.undertow.websockets.core.WebSocketChannel;
import java.lang.reflect.Method;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.ssl.SslConnection;

/**
 * Finds the connections below Undertow's WebSockets. Through the API, each send wakes a thread of Undertow's to write,
 * and its answer wakes ours. A write to the connection needs neither.
 *
 * @param channel the channel of the session
 * @param connection the connection of the channel
 */
record UndertowWriters(Method channel, Method connection) implements FrameWriters {

    static UndertowWriters ofSessions(Class<?> session) throws ReflectiveOperationException {
        Method channel = session.getMethod("getWebSocketChannel");
        Class<?> framed = Class.forName(
                "io.undertow.server.protocol.framed.AbstractFramedChannel", false, session.getClassLoader());
        Method connection = framed.getDeclaredMethod("getUnderlyingConnection");
        connection.setAccessible(true);
        return new UndertowWriters(channel, connection);
    }

    /**
     * Makes the writer of one session. Undertow's sessions name no extensions, but their channels do. Sessions with TLS
     * stay with Undertow's threads.
     */
    @Override
    public FrameWriter of(OpenSession opened) throws ReflectiveOperationException {
        WebSocketChannel frames = (WebSocketChannel) channel.invoke(opened.session());
        StreamConnection socket = (StreamConnection) connection.invoke(frames);
        if (frames.areExtensionsSupported() || socket instanceof SslConnection) {
            return opened.portableWriter();
        }
        ConduitStreamSinkChannel sink = socket.getSinkChannel();
        UndertowConduit conduit = new UndertowConduit(sink.getConduit(), frames, opened.send());
        sink.setConduit(conduit);
        return new UndertowWriter(conduit, opened.send());
    }
}
