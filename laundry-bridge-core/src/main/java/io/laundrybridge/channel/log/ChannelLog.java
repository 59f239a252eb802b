package io.laundrybridge.channel.log;

import io.laundrybridge.encode.EncodedLine;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, ordered log of one life of a channel: event lines and gap notices, each with an index that counts up
 * from 0.
 *
 * <p>One thread appends; any number of threads read through {@link Cursor cursors}. Appending never waits for readers:
 * when the log is full its oldest segment is let go, and a cursor that still needed it is {@linkplain Cursor#lost()
 * lost}. Segments are never written over, so a reader that holds one sees whole lines whatever happens meanwhile.
 *
 * <p>Memory ordering: an entry and its bytes are written before {@code head} (volatile) moves past it; readers look at
 * {@code head} first and read nothing at or above it. {@code segments} is replaced, never changed. The link from an entry
 * to its key's next one is written before the head moves past that one, so a reader sees every link below the head that it
 * looked at; a link beyond it may be seen or not.
 */
public final class ChannelLog {
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int TYPICAL_LINE = 128;

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final StreamStart origin;
    private final Retention retention;
    private final int segmentBytes;
    private volatile Segment[] segments;
    private volatile long head;
    private volatile long start;
    private volatile LogProgress progress;
    private volatile long completeSince;
    private volatile long newestGap = -1;

    // Writer only.
    private final KeyChain chain = new KeyChain();
    private Segment current;
    private long appended;
    private long sealedBytes;
    private long newestAge;

    /**
     * An empty log that begins as {@code origin} says.
     *
     * @param completeSince the log will hold every event stamped after this, in milliseconds since 1970
     */
    public ChannelLog(StreamStart origin, Retention retention, long completeSince) {
        this(origin, retention, completeSince, SEGMENT_BYTES);
    }

    private ChannelLog(StreamStart origin, Retention retention, long completeSince, int segmentBytes) {
        this.origin = origin;
        this.retention = retention;
        this.segmentBytes = (int) Math.min(segmentBytes, retention.bytes() / 8);
        this.completeSince = completeSince;
        this.progress = new LogProgress(0, origin.start());
        this.current = segment(0, origin.start());
        this.segments = new Segment[] {current};
    }

    /** An empty log that keeps all it gets: for a part that is written once and then only read. */
    public static ChannelLog whole(StreamStart origin) {
        return new ChannelLog(origin, Retention.of(Duration.ofDays(1), Long.MAX_VALUE), 0);
    }

    /** The same for lines of {@code bytes} together, line ends included. */
    public static ChannelLog part(StreamStart origin, int bytes) {
        return new ChannelLog(origin, Retention.of(Duration.ofDays(1), Long.MAX_VALUE), 0, Math.max(1, bytes));
    }

    /** The same for a few lines that one session reads. */
    public static ChannelLog small(StreamStart origin) {
        return new ChannelLog(origin, Retention.of(Duration.ofDays(1), Long.MAX_VALUE), 0, SEGMENT_BYTES / 64);
    }

    /** A number that no other log of this process has. */
    public long id() {
        return id;
    }

    /** The life of the stream that this log holds a part of. */
    public String epoch() {
        return origin.epoch();
    }

    /** The oldest offsets that the stream had when reading began. */
    public PositionVector beginning() {
        return origin.beginning();
    }

    /** How long the stream at least keeps a deletion before compaction may take it away. */
    public Duration deletionsKept() {
        return origin.deletionsKept();
    }

    /** The index of the next entry that will be appended. */
    public long head() {
        return head;
    }

    /** The index of the oldest entry kept. */
    public long start() {
        return start;
    }

    /** The index of the newest gap notice; -1 if there was none. */
    public long newestGap() {
        return newestGap;
    }

    /** Every event stamped after this, in milliseconds since 1970, is in the log. */
    public long completeSince() {
        return completeSince;
    }

    /** The index of the oldest entry that is not older than the retention's age; for readers that start now. */
    public long start(long nowMillis) {
        long low = start;
        long high = head;
        long oldest = nowMillis - retention.age().toMillis();
        while (low < high) { // ages never descend
            long middle = (low + high) >>> 1;
            LogEntry entry = entry(middle);
            if (entry != null && entry.age() >= oldest) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Math.max(low, start);
    }

    /** The entry at {@code index}, or null if it was let go. {@code index} must be below {@link #head()}. */
    public @Nullable LogEntry entry(long index) {
        Segment segment = segmentOf(index);
        return segment == null ? null : segment.index().entry(index);
    }

    /** The index of the next entry with the same key as the one at {@code index}; see {@link Run#newer}. */
    public long newer(long index) {
        Segment segment = segmentOf(index);
        return segment == null ? Long.MAX_VALUE : segment.index().newer(index);
    }

    /** Where the source stood, holes included, when the log's head was at {@code index}; null if that is not known. */
    @Nullable PositionVector vectorIfAtProgress(long index) {
        LogProgress latest = progress;
        return latest.index() == index ? latest.vector() : null;
    }

    /** Where the source stands. */
    public PositionVector progress() {
        return progress.vector();
    }

    /**
     * The lowest index, at a segment's beginning, from which on nothing that a reader at {@code position} needs is left
     * out; {@link #start()} if the log does not reach back that far.
     */
    public long indexFor(PositionVector position) {
        long found = start;
        for (Segment segment : segments) {
            if (position.reaches(segment.index().start())) {
                found = Math.max(found, segment.index().first());
            }
        }
        return found;
    }

    /** The lowest index known from which on every entry lies at or after {@code position}. */
    public long indexPast(PositionVector position) {
        long end = head;
        for (Segment segment : segments) {
            if (segment.index().start().reaches(position)) {
                return segment.index().first();
            }
        }
        return end;
    }

    /** The entries from {@code index} on that lie in one piece; null if {@code index} was let go. */
    @Nullable Run run(long index, int maxBytes, int maxEntries) {
        long end = head; // before segments: every segment that begins below this head is among those read next
        Segment[] now = segments;
        int position = find(now, index);
        if (position < 0) {
            return null;
        }
        long sealed = position + 1 < now.length ? now[position + 1].index().first() : end;
        return now[position].run(index, Math.min(Math.min(end, sealed), index + maxEntries), maxBytes);
    }

    /** The index of the segment that holds entry {@code index}, or that ends before it at the head; null if let go. */
    @Nullable SegmentIndex placeOf(long index) {
        Segment segment = segmentOf(index);
        return segment == null ? null : segment.index();
    }

    private @Nullable Segment segmentOf(long index) {
        Segment[] now = segments;
        int position = find(now, index);
        return position < 0 ? null : now[position];
    }

    /** The position of the last segment that begins at or before {@code index}; -1 if there is none. */
    private static int find(Segment[] segments, long index) {
        int low = -1;
        int high = segments.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments[middle].index().first() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Appends the line of {@code record} of a stream, where no value replaces another. For the writing thread. */
    public void append(EncodedLine line, SourceRecord record, long ageMillis) {
        append(line, record, ageMillis, FieldValues.NOTHING);
    }

    /**
     * Appends the line of {@code record}. For the writing thread.
     *
     * @param before what the value before of the same key had in the filter fields; null if that is not known
     */
    public void append(EncodedLine line, SourceRecord record, long ageMillis, @Nullable FieldValues before) {
        Segment segment = room(line.length(), ageMillis);
        int from = segment.length();
        segment.append(
                line.bytes(),
                line.length(),
                new LogEntry(
                        from,
                        from + line.length(),
                        from + line.valueStart(),
                        record.partition(),
                        record.offset(),
                        record.leaderEpoch(),
                        record.timestamp(),
                        newestAge,
                        line.key(),
                        line.original(),
                        null,
                        line.fields(),
                        before));
        link(line.key());
        publish();
    }

    /**
     * Appends a line that has no place in the stream: a row of an image. For the writing thread.
     *
     * @param before what the value that a reader may hold of the key has in the filter fields; null if that is not known
     */
    public void append(
            byte[] line,
            int valueFrom,
            String key,
            byte @Nullable [] original,
            @Nullable FieldValues fields,
            @Nullable FieldValues before) {
        Segment segment = room(line.length, newestAge);
        int from = segment.length();
        segment.append(
                line,
                line.length,
                new LogEntry(
                        from,
                        from + line.length,
                        from + valueFrom,
                        0,
                        0,
                        PositionVector.NO_EPOCH,
                        0,
                        newestAge,
                        key,
                        original,
                        null,
                        fields,
                        before));
        publish();
    }

    /** Appends {@code line}, which tells of {@code gap}, whose records are stamped {@code timestamp}. For the writing thread. */
    public void append(Gap gap, byte[] line, long timestamp, long ageMillis) {
        Segment segment = room(line.length, ageMillis);
        int from = segment.length();
        segment.append(line, line.length, LogEntry.notice(gap, from, from + line.length, timestamp, newestAge));
        newestGap = appended;
        publish();
    }

    /** Notes where the source stands now that everything ready has been appended. For the writing thread. */
    public void progress(PositionVector vector) {
        progress = new LogProgress(head, vector);
    }

    /** Lets go what is older than the retention's age at {@code nowMillis}. For the writing thread. */
    public void expire(long nowMillis) {
        startAt(start(nowMillis));
        while (segments.length > 1 && segments[1].index().first() <= start) {
            dropFirst();
        }
    }

    /** Lets go of everything: readers that have not come to the end are lost. For a log that is finished. */
    public void release() {
        start = head;
        segments = new Segment[] {segment(0, vectorAtHead())};
        current = segments[0];
        chain.clear();
    }

    /** Memory held. For the writing thread. */
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

    /** Before the head moves: a reader that sees the new entry sees the link to it. */
    private void link(@Nullable String key) {
        long before = chain.add(key, appended);
        Segment segment = before < 0 ? null : segmentOf(before);
        if (segment != null) {
            segment.index().supersede(before, appended);
        }
    }

    private void publish() {
        head = ++appended;
    }

    private void roll(int length) {
        sealedBytes += current.heldBytes();
        current = segment(length, vectorAtHead());
        Segment[] grown = Arrays.copyOf(segments, segments.length + 1);
        grown[grown.length - 1] = current;
        segments = grown;
        while (heldBytes() > retention.bytes() && segments.length > 1) {
            dropFirst();
        }
    }

    private PositionVector vectorAtHead() {
        LogProgress latest = progress;
        return latest.index() == appended ? latest.vector() : current.index().vectorBefore(appended);
    }

    private void dropFirst() {
        sealedBytes -= segments[0].heldBytes();
        segments[0].index().forgetAll(chain);
        startAt(Math.max(start, segments[1].index().first()));
        segments = Arrays.copyOfRange(segments, 1, segments.length);
    }

    /** Stamps may go back and forth, so each that goes is looked at. */
    private void startAt(long index) {
        long newestGone = completeSince;
        for (long i = start; i < index; i++) {
            LogEntry entry = entry(i);
            newestGone = entry == null ? newestGone : Math.max(newestGone, entry.timestamp());
        }
        completeSince = newestGone; // before the start moves: a reader that misses it knows its time
        start = index;
    }

    private Segment segment(int lineLength, PositionVector at) {
        int capacity = Math.max(segmentBytes, lineLength + 1);
        return new Segment(capacity, Math.max(16, capacity / TYPICAL_LINE), appended, at);
    }
}
