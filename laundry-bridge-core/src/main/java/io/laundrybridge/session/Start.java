package io.laundrybridge.session;

import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins.
 *
 * @param cursor the place in the log
 * @param at the position that the client is told
 * @param floors what lies below is skipped, per partition, until {@code floorsEnd}
 * @param floorsEnd the log index from which on nothing lies below the floors
 * @param gaps what the log does not reach
 * @param reset why the position asked for is void, or null
 */
record Start(
        Cursor cursor,
        PositionVector at,
        PositionVector floors,
        long floorsEnd,
        List<Gap> gaps,
        @Nullable ResetReason reset) {

    static Start at(Cursor cursor) {
        return new Start(cursor, cursor.position(), PositionVector.ORIGIN, 0, List.of(), null);
    }

    Start withGaps(PositionVector from, List<Gap> missing) {
        return missing.isEmpty() ? this : new Start(cursor, from, floors, floorsEnd, missing, reset);
    }

    Start because(ResetReason reason) {
        return new Start(cursor, at, floors, floorsEnd, gaps, reason);
    }

    /** Whether what was asked for is there whole. */
    boolean recovered() {
        return gaps.isEmpty() && reset == null;
    }
}
