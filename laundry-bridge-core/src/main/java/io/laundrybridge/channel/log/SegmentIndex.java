package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one segment without its bytes, so that a cursor knows its place long after the bytes are gone.
 *
 * <p>It notes the position every few entries, so that the cost of a cursor's position does not grow with the segment.
 * An interval has at least as many entries as the stream has partitions. So positions take a few bytes per entry, for
 * any number of partitions.
 *
 * <p>One thread adds; entries below {@link ChannelLog#head()} may be read from any thread.
 */
final class SegmentIndex {
    /** Opaque access: a reader that looks while a link is written sees it or not, but never half of it. */
    private static final VarHandle LINKS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int LEAST_INTERVAL = 16;

    /** The memory of a position beside its partitions: three objects and a reference, by estimate. */
    private static final int PLACE_BYTES = 80;

    private final long first;
    private final PositionVector start;
    private final LogEntry[] entries;
    private final long[] newer;
    private final int interval;

    /** A reader's position before each entry that begins an interval; written before that entry is published. */
    private final @Nullable PositionVector[] places;

    // Writer only.
    private long placesBytes;

    SegmentIndex(long first, PositionVector start, int capacity) {
        this.first = first;
        this.start = start;
        this.entries = new LogEntry[capacity];
        this.newer = new long[capacity];
        this.interval = Math.max(LEAST_INTERVAL, start.partitions());
        this.places = new PositionVector[capacity / interval + 1];
        this.places[0] = start;
    }

    /** Returns the log index of the first entry. */
    long first() {
        return first;
    }

    /** Returns the log's position before the first entry. */
    PositionVector start() {
        return start;
    }

    int capacity() {
        return entries.length;
    }

    void put(int position, LogEntry entry) {
        if (position > 0 && position % interval == 0) {
            PositionVector place = vectorBefore(first + position);
            places[position / interval] = place;
            placesBytes += PLACE_BYTES + (Long.BYTES + Integer.BYTES) * (long) place.partitions();
        }
        entries[position] = entry;
    }

    /** Returns the memory of the noted positions; for the writing thread. */
    long placesBytes() {
        return placesBytes;
    }

    /**
     * Notes that the entry at {@code index} has a successor of the same key, which is about to be published. For the
     * writer.
     */
    void supersede(long index, long by) {
        LINKS.setOpaque(newer, (int) (index - first), by);
    }

    /** Returns the index of the next entry of the same key; {@link Long#MAX_VALUE} if there is none below the head. */
    long newer(long index) {
        long link = (long) LINKS.getOpaque(newer, (int) (index - first));
        return link == 0 ? Long.MAX_VALUE : link; // no entry is before the first, so 0 is no successor
    }

    /** Passes every entry of this finished segment to {@code chain} to be forgotten. */
    void forgetAll(KeyChain chain) {
        for (int i = 0; i < entries.length && entries[i] != null; i++) {
            chain.forget(entries[i], first + i);
        }
    }

    LogEntry entry(long index) {
        return entries[(int) (index - first)];
    }

    /** Returns the position of a reader that has handled every entry before {@code index}. */
    PositionVector vectorBefore(long index) {
        int before = (int) ((index - first) / interval);
        PositionVector place = places[before];
        if (place == null) { // that of the next entry
            before--;
            place = Objects.requireNonNull(places[before]);
        }
        return moved(place, first + (long) before * interval, index);
    }

    /** Returns {@code place} once the entries from {@code from} to before {@code to} have been handled. */
    private PositionVector moved(PositionVector place, long from, long to) {
        int partitions = place.partitions();
        for (long i = from; i < to; i++) {
            partitions = Math.max(partitions, entry(i).partition() + 1);
        }
        long[] next = new long[partitions];
        int[] epochs = new int[partitions];
        for (int p = 0; p < partitions; p++) {
            next[p] = place.next(p);
            epochs[p] = place.epoch(p);
        }
        for (long i = from; i < to; i++) {
            LogEntry entry = entry(i);
            next[entry.partition()] = entry.next();
            epochs[entry.partition()] = entry.epoch();
        }
        return PositionVector.of(next, epochs);
    }
}
