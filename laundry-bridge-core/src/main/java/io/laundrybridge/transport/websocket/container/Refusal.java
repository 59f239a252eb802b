package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.transport.QueryString;

/** Why a handshake is refused, and what is answered. */
public enum Refusal {
    /** The page's origin may not connect. */
    ORIGIN(403, "Forbidden", "This page may not connect; the server's log names the setting"),
    /** The query holds characters that must be encoded. */
    QUERY(400, "Bad Request", QueryString.CURE);

    private final int status;
    private final String phrase;
    private final String reason;

    Refusal(int status, String phrase, String reason) {
        this.status = status;
        this.phrase = phrase;
        this.reason = reason;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the status in HTTP's words. */
    public String phrase() {
        return phrase;
    }

    /** Returns a sentence for people. */
    public String reason() {
        return reason;
    }
}
