package io.laundrybridge.jcstress.log;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Records that contain their number in every part, so that a reader detects a mixture of two. Record {@code n} has
 * offset and log index {@code n}. They are made before the stress begins, because the actors only append. Immutable.
 */
public final class NumberedLines {
    private static final int COUNT = 16;

    private final EventLine[] lines = new EventLine[COUNT];
    private final SourceRecord[] records = new SourceRecord[COUNT];

    private NumberedLines(int keys, int length, byte[] original) {
        for (int n = 0; n < COUNT; n++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) ('a' + n));
            String key = "key-" + n % keys;
            lines[n] = new EventLine(bytes, length, length / 2, key, original, null);
            records[n] = new SourceRecord("stress", 0, n, 1, 1_000 + n, null, bytes, List.of());
        }
    }

    /** Returns short lines of {@code keys} keys in turn; a segment holds many of them. */
    public static NumberedLines many(int keys) {
        return new NumberedLines(keys, 96, null);
    }

    /** Returns lines of {@code keys} keys in turn, one per segment; the smallest log holds seven. */
    public static NumberedLines big(int keys) {
        return new NumberedLines(keys, 5_000, null);
    }

    /** Returns lines of {@code keys} keys in turn, one per segment; the smallest log holds three. */
    public static NumberedLines huge(int keys) {
        return new NumberedLines(keys, 5_000, new byte[10_000]);
    }

    /** Returns a writer of the smallest possible log, with the first {@code count} records. */
    public LogWriter writer(int count) {
        StreamStart start = new StreamStart("stress", PositionVector.ORIGIN, PositionVector.ORIGIN);
        LogWriter writer = new LogWriter(start, Retention.of(Duration.ofDays(1), Retention.LEAST_BYTES), 0);
        for (int n = 0; n < count; n++) {
            append(writer, n);
        }
        return writer;
    }

    /** Appends record {@code n}, which must be the next. */
    public void append(LogWriter writer, int n) {
        writer.append(lines[n], records[n], records[n].timestamp());
    }

    /** Returns the line of record {@code n} as an encoder hands it over. */
    public EventLine line(int n) {
        return lines[n];
    }

    /** Returns the record {@code n}. */
    public SourceRecord record(int n) {
        return records[n];
    }

    /**
     * Returns what is wrong with the entry of {@code run} at {@code at}; null if it is record {@code at}, and whole.
     */
    public String fault(Run run, long at) {
        LogEntry entry = run.entry(at);
        if (entry == null) {
            return "no entry";
        }
        EventLine line = lines[(int) at];
        SourceRecord record = records[(int) at];
        if (entry.offset() != at
                || entry.timestamp() != record.timestamp()
                || entry.age() != record.timestamp()
                || entry.key() != line.key()
                || entry.original() != line.original()) {
            return "another entry";
        }
        boolean whole = Arrays.equals(run.bytes(), entry.from(), entry.to(), line.bytes(), 0, line.length())
                && run.bytes()[entry.to()] == '\n';
        return whole ? null : "torn line";
    }
}
