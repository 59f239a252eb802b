package io.laundrybridge.channel.latest;

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
 * The parts of an image as logs. A part of all rows is shared by the sessions that read it at about the same time.
 * Thread-safe.
 */
final class ImageParts {
    /** The bytes of lines in a part, unless one row is longer. */
    private static final int PART_BYTES = 64 << 10;
    /** The rows looked at for a part, so that a selection with few matches does not hold the worker. */
    private static final int PART_ROWS = 4_096;

    private final StreamStart origin;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    ImageParts(String epoch) {
        this.origin = new StreamStart(epoch, PositionVector.ORIGIN, PositionVector.ORIGIN);
    }

    /** A part that is there as long as it has a reader. */
    private record Known(WeakReference<ChannelLog> lines, long next) {
        @Nullable ImagePart part() {
            ChannelLog still = lines.get();
            return still == null ? null : new ImagePart(still, next);
        }
    }

    /**
     * Returns the part of {@code chunks} that begins at slot {@code from}, of the rows that are {@code wanted}; null
     * for all.
     */
    ImagePart part(RowChunk[] chunks, long from, @Nullable Predicate<LogEntry> wanted) {
        Known shared = wanted == null ? known.get(from) : null;
        ImagePart there = shared == null ? null : shared.part();
        if (there != null) {
            return there;
        }
        ImagePart made = made(chunks, from, wanted);
        if (wanted == null) {
            known.put(from, new Known(new WeakReference<>(made.lines()), made.next()));
        }
        return made;
    }

    void clear() {
        known.clear();
    }

    private ImagePart made(RowChunk[] chunks, long from, @Nullable Predicate<LogEntry> wanted) {
        long slots = RowChunk.slots(chunks);
        long end = Math.min(slots, from + PART_ROWS);
        List<LatestRow> rows = new ArrayList<>();
        int bytes = 0;
        long at = from;
        for (; at < end && bytes < PART_BYTES; at++) {
            LatestRow row = RowChunk.row(chunks, at);
            if (row != null && (wanted == null || wanted.test(LogEntry.row(row.line())))) {
                rows.add(row);
                bytes += row.line().length() + 1;
            }
        }
        LogWriter lines = LogWriter.part(origin, bytes);
        rows.forEach(row -> lines.appendRow(row.line(), FieldValues.NOTHING));
        return new ImagePart(lines.log(), at < slots ? at : -1);
    }
}
