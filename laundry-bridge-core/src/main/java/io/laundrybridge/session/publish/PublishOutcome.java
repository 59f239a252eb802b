package io.laundrybridge.session.publish;

import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.RecordPlace;
import org.jspecify.annotations.Nullable;

/**
 * How a publish ended.
 *
 * @param place where it is stored; null if it failed
 * @param code why it failed; null if it is stored
 * @param message one sentence for the client; "" if it is stored
 */
public record PublishOutcome(
        @Nullable RecordPlace place, @Nullable ErrorCode code, String message) {

    static PublishOutcome stored(RecordPlace place) {
        return new PublishOutcome(place, null, "");
    }

    static PublishOutcome failed(ErrorCode code, String message) {
        return new PublishOutcome(null, code, message);
    }

    static PublishOutcome failed(PublishException why) {
        ErrorCode code = switch (why.failure()) {
            case REFUSED -> ErrorCode.BAD_REQUEST;
            case TOO_LARGE -> ErrorCode.VALUE_TOO_LARGE;
            case BUSY -> ErrorCode.BUSY;
            case UNAVAILABLE -> ErrorCode.SOURCE_UNAVAILABLE;
            case OUTCOME_UNKNOWN -> ErrorCode.OUTCOME_UNKNOWN;
        };
        return failed(code, String.valueOf(why.getMessage()));
    }

    static PublishOutcome unknown() {
        return failed(
                ErrorCode.OUTCOME_UNKNOWN,
                "it is not known yet whether this was stored; publish it again with the same 'mid' to find out");
    }

    static PublishOutcome notSent() {
        return failed(ErrorCode.BUSY, "the server did not get to it in time, and stored nothing; try again");
    }

    static PublishOutcome stopped() {
        return failed(ErrorCode.SOURCE_UNAVAILABLE, "the channel takes no publishes at the moment; try again shortly");
    }

    static PublishOutcome internal() {
        return failed(ErrorCode.INTERNAL, "the server failed at this publish and stored nothing; its log says why");
    }
}
