package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.util.Map;

/**
 * What one kind of WebSocket container does in its own way. Each method has a portable default, so an adapter
 * overrides what its container does better. The library links to no container: adapters reach their classes by
 * reflection, or in classes that only they load. Stateless and thread-safe.
 */
public interface ContainerAdapter {

    /** Returns whether {@code type}, the class of a session or of a request, is this container's. */
    boolean owns(Class<?> type);

    /**
     * Finds how frames are handed to the sessions of one class. Called once per class of sessions.
     *
     * @throws Throwable if the container is not as expected; frames then go out by the portable way
     */
    default FrameWriters writers(Class<?> session, Class<?> remote) throws Throwable {
        return FrameWriters.PORTABLE;
    }

    /**
     * Finds how the sessions of one class are dropped. Called once per class of sessions.
     *
     * @throws ReflectiveOperationException if the container is not as expected; connections are then closed politely
     */
    default HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        return HardCloses.POLITE;
    }

    /**
     * Refuses a handshake: sets the response's status, or throws. The connection is not opened either way. {@code
     * jakarta.websocket} has no way to choose a status, and containers without a way of their own answer 500 to any
     * exception, unless {@code OriginFilter} has answered before.
     */
    default void refuse(Refusal refusal, HandshakeRequest request, HandshakeResponse response) {
        throw new SecurityException(refusal.reason());
    }

    /**
     * Returns the addresses of a handshake's connection, as far as the container tells them, and whether it is
     * {@code secure}.
     */
    default Connection connection(HandshakeRequest request, Map<String, Object> properties, boolean secure) {
        return new Connection(null, null, secure);
    }

    /**
     * Returns what an administrator can do if the server hides the container's classes from applications; empty if
     * nothing.
     */
    default String cureOfHiddenClasses() {
        return "";
    }
}
