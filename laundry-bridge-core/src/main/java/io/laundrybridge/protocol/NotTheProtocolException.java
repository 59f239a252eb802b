package io.laundrybridge.protocol;

/** Thrown if a client's message is not a line of the protocol: the socket is closed with 4400. */
public final class NotTheProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the sentence that becomes the close reason. */
    public NotTheProtocolException(String message) {
        super(message, null, false, false);
    }
}
