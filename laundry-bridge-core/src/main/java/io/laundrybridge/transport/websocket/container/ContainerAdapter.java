package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.util.Map;

/**
 * The special ways of one kind of WebSocket container. Each method has a portable default, so an adapter overrides what
 * its container does better. The library links to no container: adapters use reflection, or classes that only they
 * load. Stateless and thread-safe.
 */
public interface ContainerAdapter {

    /** Returns whether {@code type}, the class of a session or of a request, belongs to this container. */
    boolean owns(Class<?> type);

    /**
     * Finds the way to hand frames to the sessions of one class. Called once per class of sessions.
     *
     * @throws Throwable if the container is not as expected; frames then go out in the portable way
     */
    default FrameWriters writers(Class<?> session, Class<?> remote) throws Throwable {
        return FrameWriters.PORTABLE;
    }

    /**
     * Finds the way to drop the sessions of one class. Called once per class of sessions.
     *
     * @throws ReflectiveOperationException if the container is not as expected; connections are then closed politely
     */
    default HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        return HardCloses.POLITE;
    }

    /**
     * Refuses a handshake: sets the response's status, or throws. Either way the connection is not opened.
     * {@code jakarta.websocket} has no way to choose a status. Containers without a way of their own answer 500 to any
     * exception, unless {@code OriginFilter} has answered before.
     */
    default void refuse(Refusal refusal, HandshakeRequest request, HandshakeResponse response) {
        throw new SecurityException(refusal.reason());
    }

    /**
     * Returns the addresses of a handshake's connection, as far as the container shows them, and whether it is
     * {@code secure}.
     */
    default Connection connection(HandshakeRequest request, Map<String, Object> properties, boolean secure) {
        return new Connection(null, null, secure);
    }

    /**
     * Returns what an administrator can do if the server hides the container's classes from applications; empty if
     * nothing helps.
     */
    default String cureOfHiddenClasses() {
        return "";
    }
}
