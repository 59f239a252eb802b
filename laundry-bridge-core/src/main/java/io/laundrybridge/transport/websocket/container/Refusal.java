package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.transport.QueryString;

/** The reason for which a handshake is refused, with the answer. */
public enum Refusal {
    /** The page's origin may not connect. */
    ORIGIN(403, "Forbidden", "This page may not connect; the server's log names the setting"),
    /** The query has characters that must be encoded. */
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

    /** Returns the status as a phrase. */
    public String phrase() {
        return phrase;
    }

    /** Returns a sentence for users. */
    public String reason() {
        return reason;
    }
}
