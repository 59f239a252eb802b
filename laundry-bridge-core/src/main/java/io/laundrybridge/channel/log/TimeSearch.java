package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.FirstSince;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches a log for the place of a time: in each partition the first entry stamped then or later. It continues where
 * it was interrupted. Confined to one thread.
 */
public final class TimeSearch {
    private final ChannelLog log;
    private final long millis;
    private final long end;
    private final FirstSince first;
    private long index;
    private long lowest;

    /** Makes a search for {@code millis}, in milliseconds since 1970, in {@code log} as it is now. */
    public TimeSearch(ChannelLog log, long millis) {
        this.log = log;
        this.millis = millis;
        this.end = log.head();
        this.lowest = end;
        PositionVector place = Cursor.before(log, end).position();
        this.first = new FirstSince(millis, place.partitions(), place);
        this.index = hasLeft() ? end : log.start();
    }

    /** Returns whether this looks for {@code time} in {@code now}. */
    public boolean isFor(ChannelLog now, long time) {
        return log == now && millis == time;
    }

    /**
     * Continues as long as {@code steps} allows one more.
     *
     * @return whether the search is over
     */
    public boolean goOn(BooleanSupplier steps) {
        while (!isOver() && steps.getAsBoolean()) {
            LogEntry entry = log.entry(index);
            if (entry != null && first.show(entry.partition(), entry.firstOffset(), entry.timestamp())) {
                lowest = Math.min(lowest, index);
            }
            index++;
        }
        return isOver();
    }

    /** Returns a cursor at the lowest entry found; null if an entry of that time or later may have left the log. */
    public @Nullable Cursor cursor() {
        Cursor cursor = Cursor.before(log, lowest);
        return hasLeft() ? null : cursor; // entries evicted meanwhile count too, so it is asked last
    }

    /** Returns the place, once the search is over. */
    public PositionVector place() {
        return first.place();
    }

    private boolean isOver() {
        return index >= end || first.isComplete();
    }

    private boolean hasLeft() {
        return millis <= log.completeSince();
    }
}
