package io.laundrybridge.error;

/**
 * A record cannot be decoded now but may be later: the decoder needs something that is away, such as a schema registry.
 * Thrown by a value decoder, mapping or key decoder; several tries in a row are expected.
 *
 * <p>Such a record is no gap. The channel is {@code stale} with this exception's message, the record is tried again after
 * 0.2 s to 5 s, and nothing behind it is shown before it. Other channels of the same source go on.
 */
public final class RetriableDecodeException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure that is worth another try.
     *
     * @param message one sentence that operators and clients may read: without addresses, secrets or payload
     * @param cause what was thrown; goes to the log alone
     */
    public RetriableDecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
