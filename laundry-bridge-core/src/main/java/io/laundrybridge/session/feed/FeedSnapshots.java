package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.Meter;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.start.StartPlace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The present and the next snapshot of one feed. A snapshot is <em>due</em> if the client has only a part of the state;
 * nothing else is sent before it. A snapshot is <em>wanted</em> if the selection has changed: it waits until the
 * present one has been read and the session has a turn. The stream continues until then. Confined to its worker.
 */
final class FeedSnapshots {
    private final Channel channel;
    private final ReadingSession session;
    private final SnapshotTurns turns;
    private @Nullable SnapshotReading reading;
    private @Nullable Cursor after;
    private long began;
    private boolean due;
    private boolean wanted;

    FeedSnapshots(Channel channel, ReadingSession session, SnapshotTurns turns) {
        this.channel = channel;
        this.session = session;
        this.turns = turns;
    }

    boolean due() {
        return due;
    }

    /** Begins to read the image of {@code start}; the stream continues at its end. */
    void begin(StartPlace start) {
        LatestImage image = Objects.requireNonNull(start.image());
        leave();
        due = false;
        wanted = false;
        turns.began(now(), image.bytes());
        after = start.cursor();
        began = now();
        reading = new SnapshotReading(image, now());
    }

    /** Returns a reader of the next rows; null if there are none, or if the rest is {@linkplain #due lost}. */
    @Nullable LogReader next(Selection selection) {
        SnapshotReading present = Objects.requireNonNull(reading);
        LogReader next = present.next(selection, now());
        due |= present.lost();
        return next;
    }

    /**
     * Returns the highest index of {@code home} that the client may know: the place after the present snapshot, or
     * {@code at}.
     */
    long seen(ChannelLog home, PositionVector at) {
        return after == null ? home.indexPast(at) : after.next();
    }

    /**
     * Ends the present snapshot, which has been read, and reports how long that took.
     *
     * @return the place at which the stream continues
     */
    Cursor finish() {
        channel.services().telemetry().time(Meter.SNAPSHOT_DURATION, channel.name(), now() - began);
        return end();
    }

    /**
     * Ends the present snapshot.
     *
     * @return the place at which the stream continues
     */
    private Cursor end() {
        Cursor end = Objects.requireNonNull(after);
        leave();
        return end;
    }

    /**
     * Ends the present snapshot, which is void.
     *
     * @return the place at which the stream would have continued
     */
    Cursor breakOff() {
        due = true;
        return end();
    }

    /** Notes that the client has none of the state. */
    void need() {
        due = true;
    }

    /** Returns whether a snapshot waits for its turn. */
    boolean wanted() {
        return wanted;
    }

    /** Returns whether the present snapshot has not been read for too long. */
    boolean expires(long now) {
        SnapshotReading present = reading;
        if (present == null || !present.rests(now, turns.deadline())) {
            return false;
        }
        channel.services().telemetry().add(Meter.SNAPSHOTS_LOST, channel.name(), 1);
        return true;
    }

    /** Notes that the client needs the state again. */
    void want() {
        if (!wanted && channel.policy().keepsState()) {
            wanted = true;
            long delayed = untilTurn() > 0 ? 1 : 0;
            channel.services().telemetry().add(Meter.SNAPSHOTS_DELAYED, channel.name(), delayed);
        }
    }

    /** Returns whether a wanted snapshot may begin now. If not, the session is woken when it may. */
    boolean takeTurn() {
        long wait = wanted && reading == null ? untilTurn() : 0;
        session.wakeIn(wait);
        boolean begins = wanted && reading == null && wait == 0;
        wanted &= !begins;
        return begins;
    }

    /** Drops the present snapshot. */
    void leave() {
        after = null;
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    private long untilTurn() {
        LatestTable table = channel.state().table();
        return table == null ? 0 : turns.until(now(), table.bytes());
    }

    private long now() {
        return session.nanoTime();
    }
}
