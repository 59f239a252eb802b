package io.laundrybridge.error;

/**
 * The root of the exceptions that the library throws at its users. The message is one sentence: what was found, what was
 * expected, and the setting or method that mends it. It holds no payload, secret or address of a server.
 *
 * <p>Two kinds of exception stand outside of the family: checked ones, which are part of a contract that users implement
 * ({@link java.lang.Exception}s of decoders, {@code HistoryException} of sources), and what Java itself throws for a null or
 * an index that cannot be.
 */
public abstract class LaundryBridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with its sentence.
     *
     * @param message what was found, what was expected, and what mends it
     */
    protected LaundryBridgeException(String message) {
        super(message);
    }

    /**
     * An exception with its sentence and what caused it.
     *
     * @param message what was found, what was expected, and what mends it
     * @param cause goes to the log alone
     */
    protected LaundryBridgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
