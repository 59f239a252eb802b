package io.laundrybridge.session.endpoint;

import java.util.Locale;

/**
 * The ends of a session without a close of the server. Together with the close codes they are the tag {@code reason} of
 * {@code laundry.bridge.closes}.
 */
public enum SessionEnd {
    /** The client went away, or the network between it and the server broke. */
    CLIENT("the client closed the connection, or it broke"),
    /** A send exceeded its deadline. */
    SEND_TIMEOUT("a send exceeded its deadline"),
    /** The container reported a send as failed. */
    SEND_FAILED("the connection broke during a send"),
    /** An unforeseen error happened, and no close could be sent. */
    ERROR("an unexpected error of the server, which could not send a close"),
    /** The server stopped, and the session did not end in time. */
    STOPPED("the server stopped before the session had ended");

    private final String meaning;
    private final String word = name().toLowerCase(Locale.ROOT);

    SessionEnd(String meaning) {
        this.meaning = meaning;
    }

    /** Returns the value of the tag. */
    public String word() {
        return word;
    }

    /** Returns the end in words, for the audit and the documentation. */
    public String meaning() {
        return meaning;
    }
}
