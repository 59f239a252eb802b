package io.laundrybridge.protocol;

import java.util.Locale;

/**
 * The reasons for which a WebSocket is closed (RFC 6455 section 7.4). Clients reconnect and resume after every code
 * except 4400, 4403, 4410 and 4426, which are final. After 4429 they wait longer; after 4401 and 4408 they get a fresh
 * credential first.
 */
public enum CloseCode {
    /** Done. */
    NORMAL(1000),
    /** Server or page going away. Sent by browsers and containers, never by the bridge. */
    GOING_AWAY(1001),
    /** Binary frame from a client. */
    NOT_TEXT(1003),
    /** A rule of the server, if no code of our own says it better. */
    POLICY(1008),
    /** Message too large. */
    TOO_BIG(1009),
    /** Unexpected server error. */
    SERVER_ERROR(1011),
    /** The server restarts: clients come back, spread out. */
    RESTART(1012),
    /** The server is full. */
    FULL(1013),
    /** The client is too slow, and the channel's policy is to disconnect. */
    SLOW_CONSUMER(4308),
    /** No answer to beats. */
    BEATS_LOST(4309),
    /** Protocol violation: bad JSON, bad query. */
    NOT_THE_PROTOCOL(4400),
    /** Not authenticated, or the credential has run out. */
    UNAUTHENTICATED(4401),
    /** Forbidden, no such channel, another user's token, or disconnected by the application. */
    FORBIDDEN(4403),
    /** No credential within the deadline. */
    CREDENTIAL_DEADLINE(4408),
    /** The position cannot be honoured, or continuity was lost (plain). */
    CONTINUITY_LOST(4410),
    /** Unknown subprotocol or version. */
    UNKNOWN_SUBPROTOCOL(4426),
    /** The client sends too much. */
    TOO_MUCH(4429);

    private final int code;
    private final String word = name().toLowerCase(Locale.ROOT);

    CloseCode(int code) {
        this.code = code;
    }

    /** Returns the name of the code in meters. */
    public String word() {
        return word;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }
}
