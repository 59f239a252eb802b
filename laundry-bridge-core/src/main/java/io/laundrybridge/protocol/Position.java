package io.laundrybridge.protocol;

import io.laundrybridge.event.PositionVector;
import java.time.Instant;

/**
 * A place in a channel's stream to which a client can come back. It has the stream's epoch, the time of issue, the tag
 * of the grant under which it was earned, and the vector of next offsets. Written as {@code
 * epoch.issued:0@1235.7,1@88.7}, with {@code issued} in seconds, base 36, and {@code epoch.issued.tag:} if there is a
 * tag.
 *
 * <p>A client's position is untrusted; {@link PositionParser} reads it strictly.
 *
 * @param tag stands for the grant; "" if that is everything, {@link #ANY_READER} if it counts under any
 */
public record Position(String epoch, Instant issuedAt, String tag, PositionVector vector) {

    /** The tag of a position that was not earned by a session: it counts under any grant. No grant has it. */
    public static final String ANY_READER = "any-reader-";

    /** Makes a position of a session that may read everything. */
    public Position(String epoch, Instant issuedAt, PositionVector vector) {
        this(epoch, issuedAt, "", vector);
    }

    @Override
    public String toString() {
        return epoch
                + '.'
                + Long.toString(issuedAt.getEpochSecond(), 36)
                + (tag.isEmpty() ? "" : '.' + tag)
                + ':'
                + vector;
    }
}
