package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;

/**
 * Drops a Tyrus connection. Tyrus has no public way: its close waits for the queue of the peer that does not read. On
 * Grizzly the writer's connection can be terminated; in a servlet container closing the writer is the best there is.
 *
 * @param webSocket the socket behind the remote endpoint
 * @param protocolHandler what frames its messages
 * @param writer what writes the frames
 */
record TyrusHardClose(Field webSocket, Field protocolHandler, Field writer) implements HardClose {

    static TyrusHardClose of(Class<?> session) throws ReflectiveOperationException {
        Class<?> remote =
                Class.forName("org.glassfish.tyrus.core.TyrusRemoteEndpoint", false, session.getClassLoader());
        Field webSocket = open(remote, "webSocket");
        Field protocolHandler = open(webSocket.getType(), "protocolHandler");
        return new TyrusHardClose(webSocket, protocolHandler, open(protocolHandler.getType(), "writer"));
    }

    @Override
    public void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException {
        Closeable frames = (Closeable) writer.get(protocolHandler.get(webSocket.get(remote)));
        try {
            Field connection = open(frames.getClass(), "connection");
            connection.getType().getMethod("terminateSilently").invoke(connection.get(frames));
        } catch (NoSuchFieldException notGrizzly) {
            frames.close();
        }
    }

    private static Field open(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
