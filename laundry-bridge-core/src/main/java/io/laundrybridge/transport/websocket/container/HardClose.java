package io.laundrybridge.transport.websocket.container;

import java.io.IOException;

/** Drops one connection, whatever its peer does. */
@FunctionalInterface
public interface HardClose {

    /** Drops the connection. May block briefly. */
    void close() throws ReflectiveOperationException, IOException;
}
