package io.laundrybridge.session.feed;

import io.laundrybridge.channel.latest.ImagePart;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A subscription's reading of one image, part by part. Confined to its worker. */
final class SnapshotReading {
    private final LatestImage image;
    private long from;
    private long readAt;
    private boolean lost;

    /** Begins to read {@code image}, until this is closed. */
    SnapshotReading(LatestImage image, long now) {
        this.image = image;
        this.readAt = now;
        image.open();
    }

    /**
     * Returns a reader of the next part, which may have no rows that {@code selection} wants; null at the end, or if it
     * is lost.
     */
    @Nullable LogReader next(Selection selection, long now) {
        readAt = now;
        if (from < 0) {
            return null;
        }
        ImagePart part = image.part(from, selection.isAll() ? null : selection::wants);
        if (part == null) {
            lost = true;
            return null;
        }
        from = part.next();
        return new LogReader(Cursor.before(part.lines(), 0), PositionVector.ORIGIN, selection);
    }

    /** Returns whether the image was dropped before all of it was read. */
    boolean lost() {
        return lost;
    }

    /** Returns whether nothing was read for {@code longest}. */
    boolean rests(long now, Duration longest) {
        return now - readAt >= longest.toNanos();
    }

    void close() {
        image.close();
    }
}
