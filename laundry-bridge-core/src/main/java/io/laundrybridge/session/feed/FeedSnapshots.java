package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.host.Meter;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.ReadingSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one feed: the one that is being read, and the one that is to come. One is <em>due</em> where the
 * client has but a part of the state, so that nothing else is sent before. One is <em>wanted</em> where the selection
 * has changed: it waits until the one before has been read and the session has a turn, and the stream goes on
 * meanwhile. Confined to its worker.
 */
final class FeedSnapshots {
    private final Channel channel;
    private final ReadingSession session;
    private final SnapshotTurns turns;
    private @Nullable SnapshotReading reading;
    private @Nullable Cursor after;
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

    /** Begins to read {@code image}; the stream goes on at {@code end}. */
    void begin(LatestImage image, Cursor end) {
        leave();
        due = false;
        wanted = false;
        turns.began(now(), image.bytes());
        after = end;
        reading = new SnapshotReading(image, now());
    }

    /** Returns a reader of the next rows; null if there are none, or if the rest is {@linkplain #due lost}. */
    @Nullable LogReader next(Selection selection) {
        SnapshotReading present = Objects.requireNonNull(reading);
        LogReader next = present.next(selection, now());
        due |= present.lost();
        return next;
    }

    /** Returns where the stream goes on behind the snapshot that is being read; null if none is. */
    @Nullable Cursor after() {
        return after;
    }

    /** Returns the present snapshot has been read; where the stream goes on. */
    Cursor end() {
        Cursor end = Objects.requireNonNull(after);
        leave();
        return end;
    }

    /** Returns what the client has of the present snapshot is void; where the stream would have gone on. */
    Cursor breakOff() {
        due = true;
        return end();
    }

    /** Returns whether a snapshot waits for its turn. */
    boolean wanted() {
        return wanted;
    }

    /** Returns whether the present snapshot has not been read on for too long. */
    boolean expires(long now) {
        SnapshotReading present = reading;
        if (present == null || !present.rests(now, turns.deadline())) {
            return false;
        }
        channel.services().telemetry().add(Meter.SNAPSHOTS_LOST, channel.name(), 1);
        return true;
    }

    /** The client needs the state anew. */
    void want() {
        if (!wanted && channel.policy().keepsState()) {
            wanted = true;
            long delayed = untilTurn() > 0 ? 1 : 0;
            channel.services().telemetry().add(Meter.SNAPSHOTS_DELAYED, channel.name(), delayed);
        }
    }

    /** Returns whether a snapshot that is wanted may begin now; if not, the session is woken when it may. */
    boolean takeTurn() {
        long wait = wanted && reading == null ? untilTurn() : 0;
        session.wakeIn(wait);
        boolean begins = wanted && reading == null && wait == 0;
        wanted &= !begins;
        return begins;
    }

    /** Lets go of the present snapshot. */
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
