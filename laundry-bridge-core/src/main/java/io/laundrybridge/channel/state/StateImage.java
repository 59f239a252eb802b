package io.laundrybridge.channel.state;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.source.StreamStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest value of every key at one place. Shared by the sessions that ask for it. Thread-safe. */
public final class StateImage {
    private final ChannelLog log;
    private final long index;
    private final List<Row> rows;
    private @Nullable ChannelLog lines; // guarded by this

    StateImage(ChannelLog log, long index, List<Row> rows) {
        this.log = log;
        this.index = index;
        this.rows = rows;
    }

    /**
     * The newest event of a key.
     *
     * @param partition where the event came from
     * @param offset the event's place there
     * @param key the key's text
     * @param line the event's line without a line end; not to be changed
     * @param valueFrom where the value begins in the line; it ends one byte before the line does
     * @param original the value as plain clients get it, where it differs from the line's; else null
     * @param fields what the value has in the channel's filter fields; null where it declares none
     */
    public record Row(
            int partition,
            long offset,
            String key,
            byte[] line,
            int valueFrom,
            byte @Nullable [] original,
            @Nullable FieldValues fields) {}

    /** The log that goes on where the image ends. */
    public ChannelLog log() {
        return log;
    }

    /** The log's head when the image was taken: what comes next is the entry there. */
    public long index() {
        return index;
    }

    /** One per key that has a value, in the order of their last change. */
    public List<Row> rows() {
        return rows;
    }

    /** The rows as a finished log, so that they are sent as any line is; made once, when first asked for. */
    public synchronized ChannelLog lines() {
        if (lines == null) {
            StreamStart start = new StreamStart(log.epoch(), PositionVector.ORIGIN, PositionVector.ORIGIN);
            lines = ChannelLog.whole(start);
            ChannelLog made = lines;
            rows.forEach(row -> made.append(
                    row.line(), row.valueFrom(), row.key(), row.original(), row.fields(), FieldValues.NOTHING));
        }
        return lines;
    }
}
