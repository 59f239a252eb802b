package io.laundrybridge.publish;

import io.laundrybridge.error.LaundryBridgeException;

/** A publish that failed, with the answer that its client gets. */
public final class PublishException extends LaundryBridgeException {
    private static final long serialVersionUID = 1;

    /** The ways in which a publish fails; each is an error code on the wire. */
    public enum Failure {
        /** The value is wrong: {@code bad_request}. */
        REFUSED,
        /** The value is too large for the channel or for Kafka: {@code value_too_large}. */
        TOO_LARGE,
        /** Nothing was sent, because too much waits: {@code busy}, try again. */
        BUSY,
        /** Nothing was stored, because Kafka does not take it at present: {@code source_unavailable}, try again. */
        UNAVAILABLE,
        /** It is not known whether it was stored: {@code outcome_unknown}, repeat with the same id. */
        OUTCOME_UNKNOWN
    }

    /** What happened. */
    private final Failure failure;

    /**
     * Makes a failure.
     *
     * @param failure what happened
     * @param message one sentence for the client: no address of a broker, no data of others
     */
    public PublishException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /** {@return what happened} */
    public Failure failure() {
        return failure;
    }
}
