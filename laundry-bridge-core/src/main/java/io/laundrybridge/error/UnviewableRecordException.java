package io.laundrybridge.error;

/**
 * Thrown by a view for a record that it cannot show. The channel's policy for undecodable records applies: clients get
 * a gap, and the message is logged.
 */
public final class UnviewableRecordException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with its sentence.
     *
     * @param message what was found, what was expected and what to change, without payload; begins in lower case, for
     *     example "its value is no change event"
     */
    public UnviewableRecordException(String message) {
        super(message);
    }
}
