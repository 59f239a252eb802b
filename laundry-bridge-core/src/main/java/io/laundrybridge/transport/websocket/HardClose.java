package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;

/** Drops a connection, whatever its peer does. May block briefly. */
@FunctionalInterface
interface HardClose {

    /** The way for one session that has just opened; some servers forget afterwards what was below it. */
    default HardClose of(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException {
        return this;
    }

    void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException;
}
