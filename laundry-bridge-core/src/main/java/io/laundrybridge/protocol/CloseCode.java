package io.laundrybridge.protocol;

/**
 * Why a WebSocket is closed (RFC 6455 section 7.4). Clients reconnect and resume after 1001, 1006, 1011, 1012, 1013 and
 * 4000 to 4399; everything else is final, except 4429 (back off longer) and 4401 (bring a fresh credential).
 */
public enum CloseCode {
    /** Done. */
    NORMAL(1000),
    /** Server or page going away. Sent by browsers and containers, never by the bridge. */
    GOING_AWAY(1001),
    /** Binary frame from a client. */
    NOT_TEXT(1003),
    /** Policy, where no own code says it better. */
    POLICY(1008),
    /** Frame too large. */
    TOO_BIG(1009),
    /** Unexpected server error. */
    SERVER_ERROR(1011),
    /** The server restarts: come back, spread out. */
    RESTART(1012),
    /** The server is full. */
    FULL(1013),
    /** Slow consumer, where the channel's policy is to disconnect. */
    SLOW_CONSUMER(4308),
    /** No answer to beats. */
    BEATS_LOST(4309),
    /** Not the protocol: bad JSON, bad query. */
    NOT_THE_PROTOCOL(4400),
    /** Not authenticated, or the credential expired. Reserved: the bridge takes no credentials after the handshake yet. */
    UNAUTHENTICATED(4401),
    /** Forbidden, or no such channel. */
    FORBIDDEN(4403),
    /** No credential within the deadline. Reserved, as {@link #UNAUTHENTICATED}. */
    CREDENTIAL_DEADLINE(4408),
    /** Position cannot be honoured, or continuity was lost (plain). */
    CONTINUITY_LOST(4410),
    /** Unknown subprotocol or version. */
    UNKNOWN_SUBPROTOCOL(4426),
    /** The client sends too much. */
    TOO_MUCH(4429);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
