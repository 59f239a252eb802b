package io.laundrybridge.error;

/**
 * Thrown if a record cannot be decoded now but may be later: the decoder needs something that is away, such as a schema
 * registry. Value decoders, mappings and key decoders throw it; several tries in a row are expected.
 *
 * <p>Such a record is not a gap. The channel is {@code stale} with this exception's message. The record is tried again
 * after 0.2 s to 5 s, and no later record is shown before it. Other channels of the same source go on.
 */
public final class RetriableDecodeException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception for a failure that is worth another try.
     *
     * @param message one sentence that operators and clients may read: without addresses, secrets or payload
     * @param cause the original exception; it is only logged
     */
    public RetriableDecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
