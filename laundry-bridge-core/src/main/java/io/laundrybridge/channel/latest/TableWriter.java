package io.laundrybridge.channel.latest;

import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.StateLimits;
import java.util.function.LongSupplier;

/**
 * Writes a channel's log and its {@link LatestTable} in one step, so that an image agrees with its place in the log.
 * Confined to one thread, which alone has this object.
 */
public final class TableWriter {
    private final LogWriter log;
    private final LatestTable table;

    /** Makes a writer of an empty table beside the empty log of {@code log}. */
    public TableWriter(String channel, StateLimits limits, LogWriter log, LongSupplier nanoTime) {
        this.log = log;
        this.table = new LatestTable(channel, limits, log.log(), nanoTime);
    }

    /** Returns the table, for readers. */
    public LatestTable table() {
        return table;
    }

    /** Appends the event of {@code record} to the log and makes it the newest of its key. */
    public void append(EventLine line, SourceRecord record, long ageMillis) {
        String key = line.key();
        synchronized (table) {
            log.append(line, record, ageMillis, table.fields(key));
            if (key != null && table.isKept()) {
                table.replace(key, line.isDeletion() ? null : row(key, line, record));
            }
        }
    }

    /** Lets go of an image that has no reader and is too old for new ones. Called once per batch. */
    public void letGoUnread() {
        table.letGoUnread();
    }

    private static LatestRow row(String key, EventLine line, SourceRecord record) {
        return new LatestRow(record.partition(), record.offset(), key, line.copy());
    }
}
