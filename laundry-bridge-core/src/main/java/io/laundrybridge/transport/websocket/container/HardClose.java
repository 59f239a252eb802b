package io.laundrybridge.transport.websocket.container;

import jakarta.websocket.CloseReason;
import java.io.IOException;

/** The ways to end one connection that the API of containers lacks. */
@FunctionalInterface
public interface HardClose {

    /** Drops the connection, whatever its peer does. May block briefly. */
    void close() throws ReflectiveOperationException, IOException;

    /**
     * Sends a close frame and leaves the connection open for the client's (RFC 6455 section 7.1.1). Meant for
     * containers whose own close does not wait: a client that is sending would get a reset, and lose the code.
     *
     * @return false if nothing was sent, because the container's own close waits
     */
    default boolean sendClose(CloseReason reason) {
        return false;
    }
}
