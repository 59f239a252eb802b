package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;

/**
 * Lines one after the other, each followed by LF, so that neighbours form a frame without copying. Written by one
 * thread.
 */
final class Segment {
    private final byte[] bytes;
    private final SegmentIndex index;
    private int length;
    private int count;
    private long beside;

    Segment(int capacity, int entries, long first, PositionVector start) {
        this.bytes = new byte[capacity];
        this.index = new SegmentIndex(first, start, entries);
    }

    SegmentIndex index() {
        return index;
    }

    /** Returns the length written so far; for the writing thread. */
    int length() {
        return length;
    }

    /** Returns the length up to which it may be written. */
    int capacity() {
        return bytes.length;
    }

    boolean fits(int lineLength) {
        return count < index.capacity() && length + lineLength + 1 <= bytes.length;
    }

    /** Copies a line in; the caller publishes it by moving the log's head. */
    void append(byte[] line, int lineLength, LogEntry entry) {
        System.arraycopy(line, 0, bytes, length, lineLength);
        length += lineLength;
        bytes[length++] = '\n';
        beside += entry.heldBytes();
        index.put(count++, entry);
    }

    /**
     * Returns whole entries from {@code first} on, below {@code end}: as many as {@code maxBytes} allow, but at least
     * one.
     */
    Run run(long first, long end, int maxBytes) {
        if (first >= end) {
            return Run.EMPTY;
        }
        int from = index.entry(first).from();
        long low = first;
        long high = end - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (index.entry(middle).to() - from <= maxBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Run(bytes, from, index.entry(low).to(), first, low + 1, index);
    }

    /** Returns the memory of this segment; for the writing thread. */
    long heldBytes() {
        return bytes.length + beside + 16L * index.capacity() + index.placesBytes();
    }
}
