package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Where a time lies in a log: in each partition at the first entry stamped then or later. Stateless. */
final class TimeInLog {
    private TimeInLog() {}

    /** The place of {@code millis}; null if something stamped then or later may have left the log. */
    static @Nullable Start find(ChannelLog log, long millis) {
        if (millis <= log.completeSince()) {
            return null;
        }
        long end = log.head();
        long lowest = end;
        PositionVector place = Cursor.before(log, end).position();
        BitSet found = new BitSet(place.partitions());
        for (long index = log.start(); index < end && found.cardinality() < place.partitions(); index++) {
            LogEntry entry = log.entry(index);
            if (entry != null && entry.timestamp() >= millis && !found.get(entry.partition())) {
                found.set(entry.partition());
                place = place.with(entry.partition(), first(entry), PositionVector.NO_EPOCH);
                lowest = Math.min(lowest, index);
            }
        }
        Cursor cursor = Cursor.before(log, lowest);
        boolean complete = millis > log.completeSince(); // what has gone meanwhile counts too, so it is asked last
        return complete ? Start.resume(cursor, place) : null;
    }

    private static long first(LogEntry entry) {
        Gap gap = entry.gap();
        return gap == null ? entry.offset() : gap.from();
    }
}
