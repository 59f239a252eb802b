package io.laundrybridge.session.socket;

import java.time.Duration;

/**
 * The host's own session of a user at the handshake, such as the {@code HttpSession} of a servlet container.
 * Thread-safe.
 */
public interface HostSession {

    /** {@return the id, by which the host reports the session's end} */
    String id();

    /** {@return how long the host keeps the session without a request; zero if for ever} */
    Duration idleTime();

    /**
     * Reports to the host that the user is there, as a request would. May block.
     *
     * @throws IllegalStateException if the host has ended the session
     */
    void keepAlive();
}
