package io.laundrybridge;

import io.laundrybridge.error.LaundryBridgeException;

/** Thrown if a bridge cannot do what was asked. The message says what was found and which key or method mends it. */
public final class BridgeException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an error with its sentence.
     *
     * @param message one sentence: what was found, what was expected, what mends it
     */
    public BridgeException(String message) {
        super(message);
    }
}
