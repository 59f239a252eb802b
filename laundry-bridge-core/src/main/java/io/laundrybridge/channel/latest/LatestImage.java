package io.laundrybridge.channel.latest;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of every key at one place. Its rows are the table's own, and older rows that were replaced since.
 * Sessions read it part by part. Thread-safe.
 */
public final class LatestImage {
    private final ChannelLog log;
    private final long index;
    private final long bytes;
    private final ImageParts parts;
    private final Consumer<LatestImage> opened;
    private final Consumer<LatestImage> closed;
    private volatile RowChunk @Nullable [] chunks;

    // Guarded by the table.
    private int readers;
    private long outdated;

    /**
     * Makes an image of {@code chunks}, whose rows have {@code bytes}; calls {@code opened} and {@code closed} once per
     * reader.
     */
    LatestImage(
            ChannelLog log,
            long index,
            long bytes,
            RowChunk[] chunks,
            Consumer<LatestImage> opened,
            Consumer<LatestImage> closed) {
        this.log = log;
        this.index = index;
        this.bytes = bytes;
        this.chunks = chunks;
        this.opened = opened;
        this.closed = closed;
        this.parts = new ImageParts(log.epoch());
    }

    /** Returns the log that continues where the image ends. */
    public ChannelLog log() {
        return log;
    }

    /** Returns the log's head when the image was taken: the next event is the entry there. */
    public long index() {
        return index;
    }

    /** Returns the memory of its rows. */
    public long bytes() {
        return bytes;
    }

    /**
     * Returns the number of rows: one per key that has a value, in the order of their last change; empty if the image
     * was dropped.
     */
    public List<LatestRow> rows() {
        List<LatestRow> rows = new ArrayList<>();
        RowChunk[] all = chunks;
        for (long at = 0; all != null && at < RowChunk.slots(all); at++) {
            LatestRow row = RowChunk.row(all, at);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** A reader begins with this image, which keeps its rows until as many readers have {@linkplain #close ended}. */
    public void open() {
        opened.accept(this);
    }

    /** A reader has ended. */
    public void close() {
        closed.accept(this);
    }

    /**
     * Returns the part that begins at {@code from}, 0 at first; null if the image was dropped.
     *
     * @param wanted the useful rows; null for all
     */
    public @Nullable ImagePart part(long from, @Nullable Predicate<LogEntry> wanted) {
        RowChunk[] all = chunks;
        return all == null ? null : parts.part(all, from, wanted);
    }

    boolean isRead() {
        return readers > 0;
    }

    void read(int more) {
        readers += more;
    }

    /** Returns the memory of rows that are in no table any more; some of them may be in older images too. */
    long outdated() {
        return outdated;
    }

    void outdates(long size) {
        outdated += size;
    }

    void letGo() {
        chunks = null;
        parts.clear();
    }
}
