package io.laundrybridge.channel.latest;

import static io.laundrybridge.config.ChannelSettings.STATE_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_KEYS;

import io.laundrybridge.channel.log.ChannelLog;
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
 * The newest event of every key, in the order of the keys' last changes, as sessions see them. A {@link TableWriter}
 * changes it and the log under this table's lock. Sessions take the lock to have an image made, at most once per second
 * together. Thread-safe.
 *
 * <p>A deletion removes its key. It is a record without a value, or with JSON's {@code null}. A record that cannot be
 * decoded changes nothing: its key keeps its value, as on the open pages. Records without a key are ignored.
 */
public final class LatestTable {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");

    private final String channel;
    private final StateLimits limits;
    private final ChannelLog log;

    // Guarded by this.
    private final RowStore rows = new RowStore();
    private final LatestImages images;
    private long bytes;
    private boolean overfull;

    LatestTable(String channel, StateLimits limits, ChannelLog log, LongSupplier nanoTime) {
        this.channel = channel;
        this.limits = limits;
        this.log = log;
        this.images = new LatestImages(this, limits.snapshotBytes(), nanoTime);
    }

    /**
     * Returns the newest value of each key in {@code wanted} that has one; null if the channel has more state than its
     * limits allow.
     */
    public synchronized @Nullable Map<String, LatestRow> newest(Collection<String> wanted) {
        if (overfull) {
            return null;
        }
        Map<String, LatestRow> found = new HashMap<>();
        for (String key : wanted) {
            LatestRow row = rows.get(key);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    /**
     * Returns an image with the newest value of every key, made now or at most a second ago. Returns null if the
     * channel has more state than its limits allow. A reader {@linkplain LatestImage#open opens} the image, which may
     * be dropped before.
     *
     * @param least the log index that the image must have reached: a session never gets older state than it has seen
     */
    public synchronized @Nullable LatestImage image(long least) {
        if (overfull) {
            return null;
        }
        LatestImage shared = images.shared(Math.max(least, log.start()), log.head());
        return shared != null ? shared : images.add(log, bytes, rows.share());
    }

    /** Returns whether {@code key} may have a value: any key may if there are too many to keep them. */
    public synchronized boolean shows(String key) {
        return overfull || rows.get(key) != null;
    }

    /** Returns the number of keys that have a value. */
    public synchronized int keys() {
        return rows.size();
    }

    /** Returns the memory held by the values. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Returns the memory of older values, kept for images that are being read. */
    public synchronized long imageBytes() {
        return images.bytes();
    }

    /** Returns how many images were dropped while they were read. */
    public synchronized long imagesLost() {
        return images.lost();
    }

    /** Lets go of an image that has no reader and is too old for new ones. */
    synchronized void letGoUnread() {
        images.letGoUnread();
    }

    /**
     * What the newest value of {@code key} has in the filter fields; null if that is not known. The caller has the
     * lock.
     */
    @Nullable FieldValues fields(@Nullable String key) {
        if (overfull) {
            return null;
        }
        LatestRow row = key == null ? null : rows.get(key);
        return row == null ? FieldValues.NOTHING : row.line().fields();
    }

    /** Returns whether values are kept, because there are not too many. The caller has the lock. */
    boolean isKept() {
        return !overfull;
    }

    /** {@code row} is the newest of {@code key}, or with null a deletion. The caller has the lock. */
    void replace(String key, @Nullable LatestRow row) {
        remove(key);
        if (row != null) {
            rows.add(row);
            bytes += row.heldBytes();
            if (rows.size() > limits.keys() || bytes > limits.bytes()) {
                giveUp();
            }
        }
    }

    private void remove(String key) {
        boolean shared = rows.isShared(key);
        LatestRow row = rows.remove(key);
        if (row != null) {
            bytes -= row.heldBytes();
        }
        if (row != null && shared) {
            images.outdated(row.heldBytes());
        }
    }

    private void giveUp() {
        LOG.warn(
                "Channel '{}' has more state than {} keys or {} bytes and sends no snapshots any more; raise {} or {}",
                channel,
                limits.keys(),
                limits.bytes(),
                STATE_KEYS.of(channel),
                STATE_BYTES.of(channel));
        overfull = true;
        rows.clear();
        bytes = 0;
        images.forgetLatest();
    }
}
