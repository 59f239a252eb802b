package io.laundrybridge.session.socket;

/**
 * The container's side of a session: receives everything that arrives on the socket. Calls for one session come one at
 * a time, on any thread of the container, and return at once.
 */
public interface Inbound {

    /**
     * Receives a part of a text message.
     *
     * @param part the characters, possibly none
     * @param last whether the message ends here
     */
    void text(String part, boolean last);

    /** Receives a binary message or a part of one. The protocol has none from clients. */
    void binary();

    /** Receives a WebSocket pong. */
    void pong();

    /** Ends the session, because the socket has gone, for any reason. May come more than once. */
    void closed();
}
