package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;

/**
 * Drops a Tyrus connection. Tyrus has no public way: its close waits for the queue of the peer that does not read.
 * Grizzly's connection can be terminated; in a servlet container of another server closing the writer is the best there is.
 */
record TyrusHardClose(TyrusWriters writers) implements HardClose {

    @Override
    public HardClose of(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException {
        return below(writers.of(remote));
    }

    /** Looks up the connection at once: once a session has ended, GlassFish uses its request for another connection. */
    static HardClose below(Closeable writer) throws ReflectiveOperationException {
        Object connection = TyrusWriters.connection(writer);
        if (connection == null) {
            return (session, remote) -> writer.close();
        }
        Method terminate = connection.getClass().getMethod("terminateSilently");
        return (session, remote) -> terminate.invoke(connection);
    }

    @Override
    public void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException {
        of(session, remote).close(session, remote);
    }
}
