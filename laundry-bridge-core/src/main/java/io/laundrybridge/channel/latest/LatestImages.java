package io.laundrybridge.channel.latest;

import io.laundrybridge.channel.log.ChannelLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The images of a table that are being read, the oldest first, and the replaced or deleted rows that they keep. Beyond
 * a bound the oldest is dropped, and its readers start over. Guarded by the table's lock.
 */
final class LatestImages {
    /** How long new readers share an image. */
    private static final long SHARED_NANOS = 1_000_000_000L;

    private final Object lock;
    private final long limit;
    private final LongSupplier nanoTime;
    private final Deque<LatestImage> held = new ArrayDeque<>();
    private @Nullable LatestImage latest;
    private long latestAt;
    private long bytes;
    private long lost;

    LatestImages(Object lock, long limit, LongSupplier nanoTime) {
        this.lock = lock;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Returns the memory of rows that are kept only for images. */
    long bytes() {
        return bytes;
    }

    /** Returns how many images were dropped while they had readers. */
    long lost() {
        return lost;
    }

    /** Returns the image that new readers share; null if there is none, or none that has come to {@code least}. */
    @Nullable LatestImage shared(long least, long head) {
        LatestImage image = latest;
        boolean usable = image != null && image.index() >= least && (image.index() == head || !isOld());
        return usable ? image : null;
    }

    /** Adds an image of {@code chunks}, which readers share from now on. */
    LatestImage add(ChannelLog log, long rowBytes, RowChunk[] chunks) {
        forgetLatest();
        LatestImage image = new LatestImage(log, log.head(), rowBytes, chunks, this::opened, this::closed);
        held.addLast(image);
        latest = image;
        latestAt = nanoTime.getAsLong();
        return image;
    }

    /** A row of the newest image is no longer in the table. */
    void outdated(long size) {
        LatestImage newest = held.peekLast();
        if (newest != null) {
            newest.outdates(size);
            bytes += size;
            while (bytes > limit) {
                LatestImage oldest = held.removeFirst();
                bytes -= oldest.outdated();
                lost += oldest.isRead() ? 1 : 0;
                oldest.letGo();
            }
        }
        if (held.isEmpty()) {
            latest = null; // the bound is less than this one holds
        }
    }

    /** Lets go of the latest image if it has no reader and is too old for new ones. */
    void letGoUnread() {
        if (latest != null && !latest.isRead() && isOld()) {
            forgetLatest();
        }
    }

    /** No reader begins with the latest image any more. */
    void forgetLatest() {
        LatestImage image = latest;
        latest = null;
        if (image != null && !image.isRead()) {
            remove(image);
        }
    }

    private boolean isOld() {
        return nanoTime.getAsLong() - latestAt >= SHARED_NANOS;
    }

    private void opened(LatestImage image) {
        synchronized (lock) {
            image.read(1);
        }
    }

    private void closed(LatestImage image) {
        synchronized (lock) {
            image.read(-1);
            boolean holds = image != latest || image.outdated() > 0;
            if (!image.isRead() && holds) {
                remove(image);
                latest = image == latest ? null : latest;
            }
        }
    }

    /** {@code image} has no reader any more; what it holds may be in the one before too. */
    private void remove(LatestImage image) {
        LatestImage before = null;
        for (Iterator<LatestImage> each = held.iterator(); each.hasNext(); ) {
            LatestImage next = each.next();
            if (next == image) {
                each.remove();
                image.letGo();
                if (before == null) {
                    bytes -= image.outdated();
                } else {
                    before.outdates(image.outdated());
                }
                return;
            }
            before = next;
        }
    }
}
