package io.laundrybridge.transport.websocket.container;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;

/**
 * A session that has just opened, with its sender.
 *
 * @param session the container's session
 * @param remote its endpoint, kept because Tomcat and Tyrus refuse access to it once the session is closed
 * @param send the send in flight, of which there is one at a time; a writer reports the result of its frame there
 */
public record OpenSession(Session session, RemoteEndpoint.Async remote, PendingSend send) {

    /** Returns the writer that every container has. */
    public FrameWriter portableWriter() {
        return new PortableWriter(remote, send);
    }

    /**
     * Checks that frames can still be sent.
     *
     * @throws IllegalStateException if they cannot
     */
    public void requireOpen() {
        if (!session.isOpen()) {
            throw new IllegalStateException("The connection is closed, or being closed");
        }
    }
}
