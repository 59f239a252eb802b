package io.laundrybridge.channel.log;

import io.laundrybridge.encode.EventLayout;
import io.laundrybridge.event.PositionVector;
import java.nio.ByteBuffer;

/**
 * Entries in one piece: their lines, separated by LF, can be sent as they are. The bytes are shared by all readers of
 * the log and must not be changed. It stays valid even if the log evicts the segment.
 */
public final class Run {
    static final Run EMPTY = new Run(new byte[0], 0, 0, 0, 0, new SegmentIndex(0, PositionVector.ORIGIN, 0));

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final long first;
    private final long end;
    private final SegmentIndex index;

    Run(byte[] bytes, int from, int to, long first, long end, SegmentIndex index) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.first = first;
        this.end = end;
        this.index = index;
    }

    /** Returns whether there is no entry. */
    public boolean isEmpty() {
        return first == end;
    }

    /** Returns the log index of the first entry. */
    public long first() {
        return first;
    }

    /** Returns the log index after the last entry. */
    public long end() {
        return end;
    }

    /** Returns the entry at a log index from {@link #first()} to before {@link #end()}. */
    public LogEntry entry(long at) {
        return index.entry(at);
    }

    /**
     * Returns the log index of the next entry with the same key as the entry at {@code at}, or {@code Long.MAX_VALUE}
     * if there is none yet. A reader that has read {@link ChannelLog#head()} sees every successor below it.
     */
    public long newer(long at) {
        return index.newer(at);
    }

    /** Returns the segment's bytes; entries know where their lines are in them. They must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns all lines of the run unchanged, without the last line end. A fresh view. */
    public ByteBuffer lines() {
        return ByteBuffer.wrap(bytes, from, to - from).slice();
    }

    /** Returns the value of {@code entry} as plain clients get it. A fresh view of bytes that must not be changed. */
    public ByteBuffer value(LogEntry entry) {
        byte[] original = entry.original();
        return original != null
                ? ByteBuffer.wrap(original)
                : ByteBuffer.wrap(bytes, entry.valueFrom(), entry.valueTo() - entry.valueFrom());
    }

    /**
     * Returns the line instead of {@code entry} for readers that must not show its value; see {@link EventLayout#left}.
     */
    public byte[] left(LogEntry entry) {
        return EventLayout.left(bytes, entry.from(), entry.valueFrom());
    }

    SegmentIndex index() {
        return index;
    }
}
