package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What writes the frames behind Tyrus' sessions: on Grizzly a connection, in a servlet container its output.
 *
 * @param webSocket the socket behind the remote endpoint
 * @param protocolHandler what frames its messages
 * @param writer what writes the frames
 */
record TyrusWriters(Field webSocket, Field protocolHandler, Field writer) implements FrameWriters.Way {

    static TyrusWriters of(Class<?> session) throws ReflectiveOperationException {
        Class<?> remote =
                Class.forName("org.glassfish.tyrus.core.TyrusRemoteEndpoint", false, session.getClassLoader());
        Field webSocket = open(remote, "webSocket");
        Field protocolHandler = open(webSocket.getType(), "protocolHandler");
        return new TyrusWriters(webSocket, protocolHandler, open(protocolHandler.getType(), "writer"));
    }

    /** The writer of one session. */
    Closeable of(RemoteEndpoint.Async remote) throws IllegalAccessException {
        return (Closeable) writer.get(protocolHandler.get(webSocket.get(remote)));
    }

    /** Grizzly's connection below {@code writer}, also in GlassFish; null where something else is below Tyrus. */
    static @Nullable Object connection(Closeable writer) throws IllegalAccessException {
        try {
            return open(writer.getClass(), "connection").get(writer);
        } catch (NoSuchFieldException inServletContainer) {
            return ServletConnections.of(writer);
        }
    }

    /** Fails where Tyrus is the server's own and hidden from applications. */
    @Override
    public FrameWriter writer(Session session, RemoteEndpoint.Async remote, FrameWriter portable)
            throws IllegalAccessException {
        Closeable frames = of(remote);
        Object connection = connection(frames);
        if (connection != null) {
            try {
                return grizzly(session, connection);
            } catch (NoClassDefFoundError hidden) {

                // The server shows Tyrus to applications, and not Grizzly.
            }
        }
        return new TyrusWriter(session, frames);
    }

    private static FrameWriter grizzly(Session session, Object connection) {
        return GrizzlyWriter.suits(connection)
                ? new GrizzlyWriter(session, connection)
                : new GrizzlyChainWriter(session, connection);
    }

    private static Field open(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
