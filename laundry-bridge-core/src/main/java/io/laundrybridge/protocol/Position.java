package io.laundrybridge.protocol;

import io.laundrybridge.event.PositionVector;
import java.time.Instant;

/**
 * A place in a channel's stream that a client can come back to: the stream's epoch, when it was issued, and the
 * vector of next offsets. Written {@code epoch.issued:0@1235.7,1@88.7}; {@code issued} in seconds, base 36.
 *
 * <p>A position that comes from a client is untrusted; {@link PositionParser} reads it strictly.
 */
public record Position(String epoch, Instant issuedAt, PositionVector vector) {

    @Override
    public String toString() {
        return epoch + '.' + Long.toString(issuedAt.getEpochSecond(), 36) + ':' + vector;
    }
}
