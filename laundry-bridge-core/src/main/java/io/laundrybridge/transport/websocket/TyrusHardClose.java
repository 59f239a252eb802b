package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;

/**
 * Drops a Tyrus connection. Tyrus has no public way: its close waits for the queue of the peer that does not read. On
 * Grizzly the writer's connection can be terminated; in a servlet container closing the writer is the best there is.
 */
record TyrusHardClose(TyrusWriters writers) implements HardClose {

    @Override
    public void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException {
        Closeable writer = writers.of(remote);
        try {
            Field connection = TyrusWriters.open(writer.getClass(), "connection");
            connection.getType().getMethod("terminateSilently").invoke(connection.get(writer));
        } catch (NoSuchFieldException notGrizzly) {
            writer.close();
        }
    }
}
