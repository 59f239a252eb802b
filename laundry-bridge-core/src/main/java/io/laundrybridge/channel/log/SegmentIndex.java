package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The entries of one segment without its bytes, so that a cursor can tell its place long after the bytes are gone.
 *
 * <p>One thread adds; entries below {@link ChannelLog#head()} may be read from any thread.
 */
final class SegmentIndex {
    /** Opaque: whoever looks while a link is written sees it or not, but never half of it. */
    private static final VarHandle LINKS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long first;
    private final PositionVector start;
    private final LogEntry[] entries;
    private final long[] newer;

    SegmentIndex(long first, PositionVector start, int capacity) {
        this.first = first;
        this.start = start;
        this.entries = new LogEntry[capacity];
        this.newer = new long[capacity];
    }

    /** The log index of the first entry. */
    long first() {
        return first;
    }

    /** Where the log stood before the first entry. */
    PositionVector start() {
        return start;
    }

    int capacity() {
        return entries.length;
    }

    void put(int position, LogEntry entry) {
        entries[position] = entry;
    }

    /** The entry at {@code index} has a successor of the same key, which is about to be published. For the writer. */
    void supersede(long index, long by) {
        LINKS.setOpaque(newer, (int) (index - first), by);
    }

    /** Where the next entry of the same key lies; {@link Long#MAX_VALUE} if there is none below the head. */
    long newer(long index) {
        long link = (long) LINKS.getOpaque(newer, (int) (index - first));
        return link == 0 ? Long.MAX_VALUE : link; // nothing lies before the first entry, so 0 is no successor
    }

    /** Hands every entry of this finished segment to {@code chain} to be forgotten. */
    void forgetAll(KeyChain chain) {
        for (int i = 0; i < entries.length && entries[i] != null; i++) {
            chain.forget(entries[i], first + i);
        }
    }

    LogEntry entry(long index) {
        return entries[(int) (index - first)];
    }

    /** Where a reader stands that has handled every entry before {@code index}. */
    PositionVector vectorBefore(long index) {
        int partitions = start.partitions();
        for (long i = first; i < index; i++) {
            partitions = Math.max(partitions, entry(i).partition() + 1);
        }
        long[] next = new long[partitions];
        int[] epochs = new int[partitions];
        for (int p = 0; p < partitions; p++) {
            next[p] = start.next(p);
            epochs[p] = start.epoch(p);
        }
        for (long i = first; i < index; i++) {
            LogEntry entry = entry(i);
            next[entry.partition()] = entry.next();
            epochs[entry.partition()] = entry.epoch();
        }
        return PositionVector.of(next, epochs);
    }
}
