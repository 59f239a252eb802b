package io.laundrybridge.error;

/**
 * The root of the exceptions that the library throws at its users. The message is one sentence: what was found, what
 * was expected, and the setting or method to change. It holds no payload, secret or address of a server.
 *
 * <p>Two kinds of exception are outside this family. Checked ones are part of a contract that users implement
 * ({@link java.lang.Exception}s of decoders, {@code HistoryException} of sources). Java itself throws for a null or an
 * impossible index.
 */
public abstract class LaundryBridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with its sentence.
     *
     * @param message what was found, what was expected, and what to change
     */
    protected LaundryBridgeException(String message) {
        super(message);
    }

    /**
     * Makes an exception with its sentence and its cause.
     *
     * @param message what was found, what was expected, and what to change
     * @param cause is only logged
     */
    protected LaundryBridgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
