package io.laundrybridge.protocol;

import io.laundrybridge.event.PositionVector;
import java.time.Instant;

/**
 * A place in a channel's stream to which a client can come back. It has the stream's epoch, the time of issue, and the
 * vector of next offsets. Written as {@code epoch.issued:0@1235.7,1@88.7}, with {@code issued} in seconds, base 36.
 *
 * <p>A client's position is untrusted; {@link PositionParser} reads it strictly.
 */
public record Position(String epoch, Instant issuedAt, PositionVector vector) {

    @Override
    public String toString() {
        return epoch + '.' + Long.toString(issuedAt.getEpochSecond(), 36) + ':' + vector;
    }
}
