package io.laundrybridge.session.start;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.select.TurnBudget;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The search for where a time lies in a log: in each partition at the first entry stamped then or later. It goes on where
 * its turn ended. Confined to a worker.
 */
final class TimeInLog {
    private final ChannelLog log;
    private final long millis;
    private final long end;
    private final BitSet found = new BitSet();
    private PositionVector place;
    private long index;
    private long lowest;

    TimeInLog(ChannelLog log, long millis) {
        this.log = log;
        this.millis = millis;
        this.end = log.head();
        this.lowest = end;
        this.place = Cursor.before(log, end).position();
        this.index = hasLeft() ? end : log.start();
    }

    /** Whether this looks for {@code time} in {@code now}. */
    boolean isFor(ChannelLog now, long time) {
        return log == now && millis == time;
    }

    /** Looks on for one turn; whether the search is over. */
    boolean goOn(TurnBudget steps) {
        while (!isOver() && steps.take()) {
            look(log.entry(index));
            index++;
        }
        return isOver();
    }

    /** The place, once the search is over; null if something stamped then or later may have left the log. */
    @Nullable StartPlace start() {
        Cursor cursor = Cursor.before(log, lowest);
        return hasLeft()
                ? null
                : StartPlace.resume(cursor, place); // what has gone meanwhile counts too, so it is asked last
    }

    private boolean isOver() {
        return index >= end || found.cardinality() >= place.partitions();
    }

    private boolean hasLeft() {
        return millis <= log.completeSince();
    }

    private void look(@Nullable LogEntry entry) {
        if (entry != null && entry.timestamp() >= millis && !found.get(entry.partition())) {
            found.set(entry.partition());
            place = place.with(entry.partition(), first(entry), PositionVector.NO_EPOCH);
            lowest = Math.min(lowest, index);
        }
    }

    private static long first(LogEntry entry) {
        Gap gap = entry.gap();
        return gap == null ? entry.offset() : gap.from();
    }
}
