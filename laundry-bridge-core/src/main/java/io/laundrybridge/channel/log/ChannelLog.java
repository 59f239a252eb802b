package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, ordered log of one epoch of a channel, as its readers see it. Its entries are event lines and gap notices,
 * with an index that counts up from 0.
 *
 * <p>One thread appends, through a {@link LogWriter}; any number of threads read through {@link Cursor cursors}. If the
 * log is full its oldest segment is evicted, and a cursor that still needed it is {@linkplain Cursor#lost() lost}.
 * Segments are never overwritten, so a reader that holds one always sees whole lines.
 *
 * <p>Memory ordering: an entry and its bytes are written before {@code head} (volatile) moves past it. Readers look at
 * {@code head} first and read nothing at or above it. {@code segments} is replaced, never changed. The link from an
 * entry to the next one of its key is written before the head moves past that one. So a reader sees every link below
 * the head that it read; it may or may not see a link beyond it.
 */
public final class ChannelLog {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final StreamStart origin;
    private final long retainedMillis;
    private volatile Segments segments;
    private volatile long head;
    private volatile long start;
    private volatile LogProgress progress;
    private volatile long completeSince;
    private volatile long newestGap = -1;

    ChannelLog(StreamStart origin, Duration retained, long completeSince, Segment first) {
        this.origin = origin;
        this.retainedMillis = retained.toMillis();
        this.completeSince = completeSince;
        this.progress = new LogProgress(0, origin.start());
        this.segments = Segments.of(first);
    }

    /** Returns a number that no other log of this process has. */
    public long id() {
        return id;
    }

    /** Returns the epoch of the stream in this log. */
    public String epoch() {
        return origin.epoch();
    }

    /** Returns the oldest offsets of the stream when reading began. */
    public PositionVector beginning() {
        return origin.beginning();
    }

    /** Returns the shortest time for which the stream keeps a deletion before compaction may remove it. */
    public Duration deletionsKept() {
        return origin.deletionsKept();
    }

    /** Returns the index of the next entry that will be appended. */
    public long head() {
        return head;
    }

    /** Returns the index of the oldest entry kept. */
    public long start() {
        return start;
    }

    /** Returns the index of the newest gap notice; -1 if there was none. */
    public long newestGap() {
        return newestGap;
    }

    /** Returns the time after which the log has every event, in milliseconds since 1970. */
    public long completeSince() {
        return completeSince;
    }

    /** Returns the index of the oldest entry within the retention's age; for readers that start now. */
    public long start(long nowMillis) {
        long low = start;
        long high = head;
        long oldest = nowMillis - retainedMillis;
        while (low < high) { // ages never decrease
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

    /** Returns the entry at {@code index}, or null if it was evicted. {@code index} must be below {@link #head()}. */
    public @Nullable LogEntry entry(long index) {
        Segment segment = segments.holding(index);
        return segment == null ? null : segment.index().entry(index);
    }

    /**
     * Returns the index of the next entry with the same key as the one at {@code index}; see {@link Run#newer}. It
     * knows none if {@code index} was evicted, so {@link #entry} must be asked afterwards.
     */
    public long newer(long index) {
        Segment segment = segments.holding(index);
        return segment == null ? Long.MAX_VALUE : segment.index().newer(index);
    }

    /** Returns the source's position, after holes, when the log's head was at {@code index}; null if unknown. */
    @Nullable PositionVector vectorIfAtProgress(long index) {
        LogProgress latest = progress;
        return latest.index() == index ? latest.vector() : null;
    }

    /** Returns the source's position, as of the newest batch. */
    public PositionVector progress() {
        return progress.vector();
    }

    /**
     * Returns the lowest index, at a segment's beginning, from which a reader at {@code position} misses nothing.
     * Returns {@link #start()} if the log does not reach back that far.
     */
    public long indexFor(PositionVector position) {
        return Math.max(start, segments.firstFor(position));
    }

    /** Returns the lowest index known from which on every entry is at or after {@code position}. */
    public long indexPast(PositionVector position) {
        long end = head;
        long past = segments.firstPast(position);
        return past == Long.MAX_VALUE ? end : past;
    }

    /** Returns the entries from {@code index} on that are in one piece; null if {@code index} was evicted. */
    @Nullable Run run(long index, int maxBytes, int maxEntries) {
        long end = head; // before segments: every segment that begins below this head is among those read next
        return segments.run(index, end, maxBytes, maxEntries);
    }

    /**
     * Returns the index of the segment with entry {@code index}, or of the last segment if that ends there, at the
     * head. Returns null if it was evicted.
     */
    @Nullable SegmentIndex placeOf(long index) {
        Segment segment = segments.holding(index);
        return segment == null ? null : segment.index();
    }

    Segments segments() {
        return segments;
    }

    void segments(Segments replaced) {
        segments = replaced;
    }

    void head(long moved) {
        head = moved;
    }

    void progress(LogProgress noted) {
        progress = noted;
    }

    void gapAt(long index) {
        newestGap = index;
    }

    void startAt(long index, long newestGone) {
        completeSince = newestGone; // before the start moves: a reader that misses an entry knows its stamp
        start = index;
    }
}
