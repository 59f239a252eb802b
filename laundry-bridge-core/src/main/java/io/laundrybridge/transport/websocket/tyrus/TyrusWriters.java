package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.OpenSession;
import jakarta.websocket.RemoteEndpoint;
import java.io.Closeable;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Finds the writers of the frames of Tyrus' sessions: on Grizzly a connection, in a servlet container its output.
 *
 * @param webSocket the socket behind the remote endpoint
 * @param protocolHandler the object that frames its messages
 * @param writer the object that writes the frames
 */
record TyrusWriters(Field webSocket, Field protocolHandler, Field writer) implements FrameWriters {

    static TyrusWriters ofSessions(Class<?> session) throws ReflectiveOperationException {
        Class<?> remote =
                Class.forName("org.glassfish.tyrus.core.TyrusRemoteEndpoint", false, session.getClassLoader());
        Field webSocket = open(remote, "webSocket");
        Field protocolHandler = open(webSocket.getType(), "protocolHandler");
        return new TyrusWriters(webSocket, protocolHandler, open(protocolHandler.getType(), "writer"));
    }

    /** Returns the writer of one session's frames. */
    Closeable below(RemoteEndpoint.Async remote) throws IllegalAccessException {
        return (Closeable) writer.get(protocolHandler.get(webSocket.get(remote)));
    }

    /** Returns Grizzly's connection below {@code writer}, also in GlassFish; null if something else is below Tyrus. */
    static @Nullable Object connection(Closeable writer) throws IllegalAccessException {
        try {
            return open(writer.getClass(), "connection").get(writer);
        } catch (NoSuchFieldException inServletContainer) {
            return GlassFishConnections.of(writer);
        }
    }

    /** Makes the writer of one session. Fails if Tyrus is the server's own and hidden from applications. */
    @Override
    public FrameWriter of(OpenSession opened) throws IllegalAccessException {
        Closeable frames = below(opened.remote());
        Object connection = connection(frames);
        if (connection != null) {
            try {
                return grizzly(opened, connection);
            } catch (NoClassDefFoundError hidden) {
                // The server shows Tyrus to applications, but not Grizzly.
            }
        }
        return new TyrusWriter(opened, frames);
    }

    private static FrameWriter grizzly(OpenSession opened, Object connection) {
        return GrizzlyWriter.suits(connection)
                ? new GrizzlyWriter(opened, connection)
                : new GrizzlyChainWriter(opened, connection);
    }

    private static Field open(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
