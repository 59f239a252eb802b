package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;

/**
 * Drops a Tyrus connection. Tyrus has no public way: its close waits for the queue of the peer that does not read. On
 * Grizzly the writer's connection can be terminated; in a servlet container closing the writer is the best there is.
 */
record TyrusHardClose(TyrusWriters writers) implements HardClose {

    @Override
    public void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException {
        Closeable writer = writers.of(remote);
        Object connection = TyrusWriters.connection(writer);
        if (connection == null) {
            writer.close();
        } else {
            connection.getClass().getMethod("terminateSilently").invoke(connection);
        }
    }
}
