package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;

/** Drops a connection, whatever its peer does. May block briefly. */
interface HardClose {
    void close(Session session, RemoteEndpoint.Async remote) throws ReflectiveOperationException, IOException;
}
