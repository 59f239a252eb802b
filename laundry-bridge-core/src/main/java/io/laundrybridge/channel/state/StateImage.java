package io.laundrybridge.channel.state;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.source.StreamStart;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of every key at one place. Its rows are the table's own, and older rows that have been replaced
 * since. Sessions read it part by part; all sessions at a part share it. Thread-safe.
 */
public final class StateImage {
    /** Lines of a part, unless one row is longer. */
    private static final int PART_BYTES = 64 << 10;
    /** Rows looked at for a part, so that a selection that matches little does not hold the worker. */
    private static final int PART_ROWS = 4_096;

    private final StateTable table;
    private final ChannelLog log;
    private final long index;
    private final long bytes;
    private volatile RowChunk @Nullable [] chunks;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    // Guarded by the table.
    private int readers;
    private long outdated;

    StateImage(StateTable table, ChannelLog log, long index, long bytes, RowChunk[] chunks) {
        this.table = table;
        this.log = log;
        this.index = index;
        this.bytes = bytes;
        this.chunks = chunks;
    }

    /**
     * Some rows as a finished log, so that they are sent as any line is.
     *
     * @param next where the next part begins; -1 if this is the last
     */
    public record Part(ChannelLog lines, long next) {}

    /** A part that is there as long as somebody reads it. */
    private record Known(WeakReference<ChannelLog> lines, long next) {
        @Nullable Part part() {
            ChannelLog still = lines.get();
            return still == null ? null : new Part(still, next);
        }
    }

    /** The log that goes on where the image ends. */
    public ChannelLog log() {
        return log;
    }

    /** The log's head when the image was taken: what comes next is the entry there. */
    public long index() {
        return index;
    }

    /** Memory of its rows. */
    public long bytes() {
        return bytes;
    }

    /** One per key that has a value, in the order of their last change; empty if the image was let go. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        RowChunk[] all = chunks;
        for (long at = 0; all != null && at < slots(all); at++) {
            Row row = row(all, at);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Somebody begins to read this image, which holds its rows until as many have {@linkplain #close ended}. */
    public void open() {
        table.opened(this);
    }

    /** Somebody has read enough. */
    public void close() {
        table.closed(this);
    }

    /**
     * The part that begins at {@code from}, 0 at first; null if the image was let go.
     *
     * @param wanted which rows are of use; null for all
     */
    public @Nullable Part part(long from, @Nullable Predicate<LogEntry> wanted) {
        RowChunk[] all = chunks;
        if (all == null) {
            return null;
        }
        Known shared = wanted == null ? known.get(from) : null;
        Part there = shared == null ? null : shared.part();
        if (there != null) {
            return there;
        }
        Part made = part(all, from, wanted);
        if (wanted == null) {
            known.put(from, new Known(new WeakReference<>(made.lines()), made.next()));
        }
        return made;
    }

    private Part part(RowChunk[] all, long from, @Nullable Predicate<LogEntry> wanted) {
        long end = Math.min(slots(all), from + PART_ROWS);
        List<Row> rows = new ArrayList<>();
        int bytes = 0;
        long at = from;
        for (; at < end && bytes < PART_BYTES; at++) {
            Row row = row(all, at);
            if (row != null && (wanted == null || wanted.test(LogEntry.row(row.line())))) {
                rows.add(row);
                bytes += row.line().length() + 1;
            }
        }
        StreamStart start = new StreamStart(log.epoch(), PositionVector.ORIGIN, PositionVector.ORIGIN);
        LogWriter lines = LogWriter.part(start, bytes);
        rows.forEach(row -> lines.appendRow(row.line(), FieldValues.NOTHING));
        return new Part(lines.log(), at < slots(all) ? at : -1);
    }

    boolean isRead() {
        return readers > 0;
    }

    void read(int more) {
        readers += more;
    }

    /** Memory of rows that are in no table any more; some of them may lie in older images too. */
    long outdated() {
        return outdated;
    }

    void outdates(long size) {
        outdated += size;
    }

    void letGo() {
        chunks = null;
        known.clear();
    }

    private static long slots(RowChunk[] all) {
        return (long) all.length * RowChunk.SIZE;
    }

    private static @Nullable Row row(RowChunk[] all, long at) {
        return all[(int) (at / RowChunk.SIZE)].row((int) (at % RowChunk.SIZE));
    }
}
