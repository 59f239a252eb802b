package io.laundrybridge.channel.log;

import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes one {@link ChannelLog}; readers get the log without this object. It appends without waiting for readers, and
 * evicts the oldest segment when the log is full. Confined to one thread.
 *
 * <p>A new segment is as large as all that the log holds, within bounds. So a channel that gets little costs little,
 * and at most half of a log is unused.
 */
public final class LogWriter {
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int FIRST_BYTES = 8 << 10;
    private static final int TYPICAL_LINE = 128;
    private static final Retention ALL = Retention.of(Duration.ofDays(1), Retention.MOST_BYTES);

    private final ChannelLog log;
    private final Retention retention;
    private final int leastBytes;
    private final int mostBytes;
    private final KeyChain chain = new KeyChain();
    private Segment current;
    private long appended;
    private long sealedBytes;
    private long newestAge;

    /**
     * Makes a writer of an empty log that begins at {@code origin}.
     *
     * @param completeSince the log will have every event after this time, in milliseconds since 1970
     */
    public LogWriter(StreamStart origin, Retention retention, long completeSince) {
        this(origin, retention, completeSince, FIRST_BYTES, SEGMENT_BYTES);
    }

    private LogWriter(StreamStart origin, Retention retention, long completeSince, int leastBytes, int mostBytes) {
        this.retention = retention;
        this.mostBytes = (int) Math.min(mostBytes, retention.bytes() / 8);
        this.leastBytes = Math.min(leastBytes, this.mostBytes);
        this.current = segment(0, 0, origin.start());
        this.log = new ChannelLog(origin, retention.age(), completeSince, current);
    }

    /** Makes a writer of a log that keeps everything: for a part that is written once and then only read. */
    public static LogWriter whole(StreamStart origin) {
        return fixed(origin, SEGMENT_BYTES);
    }

    /** Makes one for lines of {@code bytes} together, line ends included. */
    public static LogWriter part(StreamStart origin, int bytes) {
        return fixed(origin, Math.max(1, bytes));
    }

    /** Makes one for a few lines that one session reads. */
    public static LogWriter small(StreamStart origin) {
        return fixed(origin, SEGMENT_BYTES / 64);
    }

    private static LogWriter fixed(StreamStart origin, int segmentBytes) {
        return new LogWriter(origin, ALL, 0, segmentBytes, segmentBytes);
    }

    /** Returns the log, for readers. */
    public ChannelLog log() {
        return log;
    }

    /** Appends the event of {@code record} of a stream in which no value replaces another. */
    public void append(EventLine line, SourceRecord record, long ageMillis) {
        append(line, record, ageMillis, FieldValues.NOTHING);
    }

    /**
     * Appends the event of {@code record}.
     *
     * @param before the filter fields of the key's previous value; null if unknown
     */
    public void append(EventLine line, SourceRecord record, long ageMillis, @Nullable FieldValues before) {
        Segment segment = room(line.length(), ageMillis);
        LogEntry entry = LogEntry.event(segment.length(), line, record, newestAge, before);
        segment.append(line.bytes(), line.length(), entry);
        link(line.key());
        publish();
    }

    /**
     * Appends a line that has no place in the stream.
     *
     * @param before the filter fields of the key's value that a reader may hold; null if unknown
     */
    public void appendRow(EventLine line, @Nullable FieldValues before) {
        Segment segment = room(line.length(), newestAge);
        LogEntry entry = LogEntry.row(segment.length(), line, newestAge, before);
        segment.append(line.bytes(), line.length(), entry);
        publish();
    }

    /** Appends {@code line}, the notice of {@code gap}, whose records have timestamp {@code timestamp}. */
    public void appendGap(Gap gap, byte[] line, long timestamp, long ageMillis) {
        Segment segment = room(line.length, ageMillis);
        int from = segment.length();
        segment.append(line, line.length, LogEntry.notice(from, from + line.length, gap, timestamp, newestAge));
        log.gapAt(appended);
        publish();
    }

    /** Notes the source's position now that everything ready has been appended. */
    public void progress(PositionVector vector) {
        log.progress(new LogProgress(appended, vector));
    }

    /** Evicts entries older than the retention's age at {@code nowMillis}. */
    public void expire(long nowMillis) {
        startAt(log.start(nowMillis));
        dropExpired();
        if (log.start() == appended && current.capacity() > leastBytes) {
            begin(segment(0, 0, vectorAtHead()));
            dropExpired();
        }
    }

    private void dropExpired() {
        Segment second = log.segments().second();
        while (second != null && second.index().first() <= log.start()) {
            dropOldest(second);
            second = log.segments().second();
        }
    }

    /** Evicts everything: readers that have not come to the end are lost. For a finished log. */
    public void release() {
        log.startAt(appended, log.completeSince());
        current = segment(0, 0, vectorAtHead());
        log.segments(Segments.of(current));
        chain.clear();
    }

    /** Returns the memory held. */
    public long heldBytes() {
        return sealedBytes + current.heldBytes();
    }

    private Segment room(int length, long ageMillis) {
        newestAge = Math.max(newestAge, ageMillis);
        if (!current.fits(length)) {
            roll(length);
        }
        return current;
    }

    /**
     * Links the newest entry of {@code key} before the head moves, so that a reader that sees the entry sees the link
     * to it.
     */
    private void link(@Nullable String key) {
        long before = chain.add(key, appended);
        Segment segment = before < 0 ? null : log.segments().holding(before);
        if (segment != null) {
            segment.index().supersede(before, appended);
        }
    }

    private void publish() {
        log.head(++appended);
    }

    private void roll(int length) {
        begin(segment(heldBytes(), length, vectorAtHead()));
        Segment second = log.segments().second();
        while (heldBytes() > retention.bytes() && second != null) {
            dropOldest(second);
            second = log.segments().second();
        }
    }

    private void begin(Segment next) {
        sealedBytes += current.heldBytes();
        current = next;
        log.segments(log.segments().with(next));
    }

    private PositionVector vectorAtHead() {
        PositionVector noted = log.vectorIfAtProgress(appended);
        return noted != null ? noted : current.index().vectorBefore(appended);
    }

    private void dropOldest(Segment second) {
        Segment oldest = log.segments().oldest();
        sealedBytes -= oldest.heldBytes();
        oldest.index().forgetAll(chain);
        startAt(Math.max(log.start(), second.index().first()));
        log.segments(log.segments().withoutOldest());
    }

    /**
     * Moves the start to {@code index}. It looks at each evicted timestamp, because timestamps may go back and forth.
     */
    private void startAt(long index) {
        long newestGone = log.completeSince();
        for (long i = log.start(); i < index; i++) {
            LogEntry entry = log.entry(i);
            newestGone = entry == null ? newestGone : Math.max(newestGone, entry.timestamp());
        }
        log.startAt(index, newestGone);
    }

    /** Makes the next segment of a log that holds {@code held} bytes; a line of {@code lineLength} fits. */
    private Segment segment(long held, int lineLength, PositionVector at) {
        long usual = Math.min(mostBytes, Math.max(leastBytes, held));
        int capacity = (int) Math.max(usual, lineLength + 1L);
        return new Segment(capacity, Math.max(16, capacity / TYPICAL_LINE), appended, at);
    }
}
