package io.laundrybridge.channel.state;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.policy.StateLimits;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest event line of every key, in the order of their last change, beside the log that holds the events. The writer
 * changes both under one lock, which sessions take to have an image made, once a second together. Thread-safe.
 *
 * <p>A deletion takes its key out: a record without value, or whose value is JSON's {@code null}. A record that cannot be
 * decoded changes nothing: its key keeps the value before, as on the pages that are open. Records without a key stay out.
 */
public final class StateTable {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final long IMAGE_NANOS = 1_000_000_000L;

    private final String channel;
    private final StateLimits limits;
    private final LogWriter writer;
    private final ChannelLog log;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final RowStore rows = new RowStore();
    private final StateImages images;
    private long bytes;
    private boolean overfull;
    private @Nullable StateImage image;
    private long imageAt;

    /** An empty table beside the empty log of {@code writer}. */
    public StateTable(String channel, StateLimits limits, LogWriter writer, LongSupplier nanoTime) {
        this.channel = channel;
        this.limits = limits;
        this.writer = writer;
        this.log = writer.log();
        this.nanoTime = nanoTime;
        this.images = new StateImages(limits.snapshotBytes());
    }

    /** Appends to the log and takes over the value. For the writer. */
    public synchronized void append(EventLine line, SourceRecord record, long ageMillis) {
        String key = line.key();
        writer.append(line, record, ageMillis, before(key));
        if (key == null || overfull) {
            return;
        }
        remove(key);
        if (!line.isDeletion()) {
            put(record, key, line);
        }
    }

    /** The newest values of those of {@code wanted} that have one; null if the channel has more state than its limits allow. */
    public synchronized @Nullable Map<String, Row> newest(Collection<String> wanted) {
        if (overfull) {
            return null;
        }
        Map<String, Row> found = new HashMap<>();
        for (String key : wanted) {
            Row row = rows.get(key);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    /** How many keys have a value. */
    public synchronized int keys() {
        return rows.size();
    }

    /** Memory held by the values. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Memory of older values, held for images that are being read. */
    public synchronized long imageBytes() {
        return images.bytes();
    }

    /** How many images were let go while they were read. */
    public synchronized long imagesLost() {
        return images.lost();
    }

    /**
     * Returns the newest value of every key: the image of at most a second ago, or a new one; null if the channel has
     * more state than its limits allow. Its readers must {@linkplain StateImage#open open} it, and it may be dropped
     * before.
     *
     * @param least the log index that the image must have reached: a session never gets older state than it has
     *     seen
     */
    public synchronized @Nullable StateImage image(long least) {
        if (overfull) {
            return null;
        }
        long now = nanoTime.getAsLong();
        StateImage latest = image;
        boolean usable = latest != null
                && latest.index() >= Math.max(least, log.start())
                && (latest.index() == log.head() || now - imageAt < IMAGE_NANOS);
        if (latest == null || !usable) {
            forgetImage();
            latest = new StateImage(this, log, log.head(), bytes, rows.share());
            images.add(latest);
            image = latest;
            imageAt = now;
        }
        return latest;
    }

    synchronized void opened(StateImage opened) {
        opened.read(1);
    }

    synchronized void closed(StateImage closed) {
        closed.read(-1);
        boolean holds = closed != image || closed.outdated() > 0;
        if (!closed.isRead() && holds) {
            images.remove(closed);
            image = closed == image ? null : image;
        }
    }

    private void put(SourceRecord record, String key, EventLine line) {
        var row = new Row(record.partition(), record.offset(), key, line.copy());
        rows.add(row);
        bytes += row.heldBytes();
        if (rows.size() > limits.keys() || bytes > limits.bytes()) {
            giveUp();
        }
    }

    private void remove(String key) {
        boolean shared = rows.isShared(key);
        Row row = rows.remove(key);
        if (row != null) {
            bytes -= row.heldBytes();
        }
        if (row != null && shared) {
            outdate(row.heldBytes());
        }
    }

    /** Lets go of an image that nobody reads and that is too old for others. For the writer, once a batch. */
    public synchronized void letGoUnread() {
        StateImage latest = image;
        if (latest != null && !latest.isRead() && nanoTime.getAsLong() - imageAt >= IMAGE_NANOS) {
            forgetImage();
        }
    }

    private void outdate(long size) {
        images.outdated(size);
        if (images.newest() == null) {
            image = null; // the bound is less than this one holds
        }
    }

    /** Nobody begins to read the latest image any more. */
    private void forgetImage() {
        StateImage latest = image;
        image = null;
        if (latest != null && !latest.isRead()) {
            images.remove(latest);
        }
    }

    /** What the newest value of {@code key} has in the filter fields; null if that is not known. */
    private @Nullable FieldValues before(@Nullable String key) {
        if (overfull) {
            return null;
        }
        Row row = key == null ? null : rows.get(key);
        return row == null ? FieldValues.NOTHING : row.line().fields();
    }

    private void giveUp() {
        LOG.warn(
                "Channel '{}' has more state than {} keys or {} bytes and shows no snapshots any more; raise"
                        + " laundry-bridge.channels.{}.state-keys or state-bytes",
                channel,
                limits.keys(),
                limits.bytes(),
                channel);
        overfull = true;
        rows.clear();
        bytes = 0;
        forgetImage();
    }
}
