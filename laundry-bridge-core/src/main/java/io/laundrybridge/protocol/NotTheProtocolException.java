package io.laundrybridge.protocol;

/** What a client sent is no line of the protocol: the socket is closed with 4400. */
public final class NotTheProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An error with the sentence that becomes the close reason. */
    public NotTheProtocolException(String message) {
        super(message, null, false, false);
    }
}
