package io.laundrybridge.session.playback;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events of a replay back until the replay's clock shows their time. Confined to its session's worker.
 *
 * <p>An event is due at its timestamp. It is due at once if that is missing, in the future, or not after the clock. If
 * one of the next eight has an earlier timestamp after the clock, that one counts: a producer's wrong clock holds
 * nobody up. Nothing is held for more than a minute.
 */
public final class PlaybackGate {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int AHEAD = 8;
    private static final int A_LOOK = 1_024;

    private final PlaybackClock clock;
    private Selection visible;
    private @Nullable LogReader reader;
    private long end;
    private long movedAt;
    private int heldPartition;
    private long heldOffset = -1;
    private long heldUntil;

    /** Makes a gate by {@code clock} for what {@code visible} shows: other events hold nothing. */
    public PlaybackGate(PlaybackClock clock, Selection visible) {
        this.clock = clock;
        this.visible = visible;
    }

    /** Returns a gate by {@code other} for the same events. */
    public PlaybackGate by(PlaybackClock other) {
        return new PlaybackGate(other, visible);
    }

    /** Holds only for what {@code shown} shows from now on. */
    public void show(Selection shown) {
        visible = shown;
    }

    /** Begins to count the quiet time at {@code now}, because the replay begins or goes on. */
    public void begin(long now) {
        movedAt = now;
    }

    /** Returns whether {@code read} has read everything that it may. */
    public boolean isPassed(LogReader read) {
        return read == reader && read.reached(Math.min(end, read.log().head()));
    }

    /**
     * Lets {@code read} read everything that is due.
     *
     * @param isHome whether nothing follows its log, so that its end is the present
     * @param now the monotonic time, in nanoseconds
     * @param present the milliseconds since 1970 now
     * @return the nanoseconds until more may be due, at most a minute; 0 if that is not known before all of
     *     it is read
     */
    public long open(LogReader read, boolean isHome, int pace, long now, long present) {
        if (read != reader) {
            reader = read;
            end = read.next();
        }
        end = Math.max(end, read.next());
        ChannelLog log = read.log();
        long head = log.head();
        long last = Math.min(head, end + A_LOOK);
        long wait = 0;
        while (end < last && wait == 0) {
            LogEntry entry = log.entry(end);
            wait = entry == null ? 0 : untilDue(read, entry, head, pace, now, present);
            if (wait == 0) {
                movedAt = entry == null || !concerns(read, end, entry) ? movedAt : now;
                end++;
            }
        }
        read.upTo(end, end);
        if (wait == 0 && end == head && isHome) {
            wait = untilPresent(pace, now, present);
        }
        clock.expect(wait);
        return wait;
    }

    private long untilDue(LogReader read, LogEntry entry, long head, int pace, long now, long present) {
        if (!holds(read, end, entry, present)) {
            return 0;
        }
        if (!clock.isKnown()) {
            clock.begin(entry.timestamp());
            return 0;
        }
        long due = entry.timestamp();
        for (long next = end + 1; next < head && next <= end + AHEAD; next++) {
            LogEntry later = read.log().entry(next);
            if (later != null && holds(read, next, later, present)) {
                due = Math.min(due, later.timestamp());
            }
        }
        return until(sinceHeld(entry, due), pace, now);
    }

    /** Returns the earliest {@code due} of {@code entry} since it was first held. */
    private long sinceHeld(LogEntry entry, long due) {
        boolean isHeld = entry.partition() == heldPartition && entry.offset() == heldOffset;
        heldUntil = isHeld ? Math.min(heldUntil, due) : due;
        heldPartition = entry.partition();
        heldOffset = entry.offset();
        return heldUntil;
    }

    private boolean holds(LogReader read, long index, LogEntry entry, long present) {
        long time = entry.timestamp();
        return time > 0
                && time <= present
                && !(clock.isKnown() && time <= clock.millis())
                && concerns(read, index, entry);
    }

    private boolean concerns(LogReader read, long index, LogEntry entry) {
        return entry.isEvent() && read.covers(index, entry) && visible.wants(entry);
    }

    /** Returns the nanoseconds until the clock shows the present; 0 if it does. */
    private long untilPresent(int pace, long now, long present) {
        if (!clock.isKnown()) {
            clock.begin(present);
        }
        return clock.millis() >= present ? 0 : until(present, pace, now);
    }

    /** Returns the nanoseconds until the clock shows {@code due}. It jumps there if that has taken too long. */
    private long until(long due, int pace, long now) {
        long patience = movedAt + LONGEST_NANOS - now;
        if (patience <= 0) {
            clock.jump(due);
        }
        return clock.shows(due) ? 0 : Math.max(1, Math.min(patience, clock.until(due, pace)));
    }
}
