package io.laundrybridge.session.dialect;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.endpoint.PacedSubscriptions;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.playback.PlaybackClock;
import io.laundrybridge.session.playback.PlaybackGate;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.start.Route;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays the past for one subscription: values first, then events at a pace, up to an end. Between two events that are
 * far apart it leaves the feed at rest, which then holds no part of a log. Confined to the session's worker.
 */
public final class Playback {
    private static final long LEAST_GATHERED = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ReadingSession session;
    private final PacedSubscriptions paced;
    private final Feed feed;
    private final FeedListener values;
    private final PlaybackListener listener;
    private PlaybackClock clock;
    private PlaybackGate gate;
    private Route route;
    private boolean counted;
    private boolean stands;
    private boolean rests;
    private long restsUntil;
    private long toldAt;
    private long gathered = LEAST_GATHERED;
    private boolean newestOnly;
    private @Nullable LogReader conflated;

    /**
     * Makes a playback of {@code feed}.
     *
     * @param route what is played from the feed's place on
     * @param values receives the beginning and the end of the values that come first
     */
    public Playback(
            ReadingSession session,
            PacedSubscriptions paced,
            Feed feed,
            Route route,
            FeedListener values,
            PlaybackListener listener) {
        this.session = session;
        this.paced = paced;
        this.feed = feed;
        this.route = route;
        this.values = values;
        this.listener = listener;
        this.clock = new PlaybackClock(route.begins());
        this.gate = new PlaybackGate(clock, Selection.ALL);
    }

    /**
     * Begins to play. The feed keeps its place.
     *
     * @param visible the events that the session may see, whatever it selects
     * @throws io.laundrybridge.protocol.RefusedLineException if the node plays too much at a pace already
     */
    public void begin(Selection visible) {
        count(isPaced());
        gate.show(visible);
        PositionVector lead = route.values();
        if (lead != null) {
            feed.play(lead, true);
            values.snapshotBegins();
        } else if (route.isPlayed()) {
            feed.play(route.end(), false);
        }
        move();
    }

    /**
     * Plays on at {@code pace} up to {@code end}; with null for both it goes on to live.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException if the node plays too much at a pace already
     */
    public void change(@Nullable Integer pace, @Nullable PositionVector end) {
        count(pace != null);
        if (!route.isPlayed()) {
            boolean isLive = feed.inLog() && !feed.reader().behind();
            clock = new PlaybackClock(isLive ? session.clock().millis() : null);
            gate = gate.by(clock);
        }
        boolean played = route.isPlayed();
        PositionVector last = end == null ? null : end.atLeast(feed.position());
        route = new Route(pace, last, route.values(), null);
        if (route.values() == null && route.isPlayed()) {
            feed.play(last, false);
        } else if (played && !route.isPlayed()) {
            feed.playNoMore();
            feed.wantSnapshot();
        }
        move();
    }

    private void move() {
        stands = false;
        goOn();
    }

    /** Sets what is gathered: events of {@code flush}, or with {@code every} the newest of each key in that time. */
    public void gather(Duration flush, Duration every) {
        long longer = Math.max(flush.toNanos(), every.toNanos());
        gathered = Math.max(LEAST_GATHERED, longer);
        newestOnly = !every.isZero();
    }

    /** Holds only for events that {@code shown} shows from now on. */
    public void show(Selection shown) {
        gate.show(shown);
    }

    /** Goes on where it was, or stands still there: no time has passed since. */
    public void goOn() {
        long now = session.nanoTime();
        rests = false;
        conflated = null;
        clock.rest(now);
        gate.begin(now);
        toldAt = now - SECOND;
    }

    /** Ends the playing, because the feed goes on to live. */
    public void end() {
        route = Route.NONE;
        count(false);
    }

    /** Returns the place that counts for the client: the end of the values, as long as these come. */
    public PositionVector place() {
        PositionVector lead = route.values();
        return lead == null ? feed.position() : lead;
    }

    /** Returns whether the past is played. */
    public boolean isOn() {
        return route.isPlayed();
    }

    /** Returns whether it is played at a pace, so that no event wakes the session. */
    public boolean isPaced() {
        return route.pace() != null;
    }

    /** Returns whether the feed can be live: it has no pace, and its end is in the future. */
    public boolean allowsLive() {
        PositionVector end = route.end();
        return !isPaced()
                && route.values() == null
                && (end == null || !feed.position().reaches(end));
    }

    /** Returns whether the feed may be refreshed and read; if not now, the session is woken when it may. */
    public boolean mayRead() {
        Integer pace = route.pace();
        if (stands || !rests || pace == null) {
            return !stands;
        }
        long now = session.nanoTime();
        clock.runOn(pace, now, session.clock().millis(), true);
        tell(now);
        if (now - restsUntil < 0) {
            wakeIn(restsUntil - now);
            return false;
        }
        rests = false;
        return true;
    }

    /**
     * Lets the feed, which was refreshed, read what is due.
     *
     * @return whether the replay has reached the present, so that its pace has no more effect
     */
    public boolean hold() {
        boolean isPaced = isPaced();
        look();
        return isPaced && !isPaced();
    }

    private void look() {
        PositionVector lead = route.values();
        PositionVector end = route.end();
        Integer pace = route.pace();
        if (lead != null) {
            lead(lead);
        } else if (!feed.inStream()) {
            clock.rest(session.nanoTime()); // no time passes beside a snapshot
        } else if ((pace != null && pace == 0)
                || (end != null && feed.position().reaches(end))) {
            stand();
        } else if (pace != null) {
            play(pace);
        }
    }

    private void lead(PositionVector lead) {
        if (feed.position().reaches(lead)) {
            values.snapshotEnded(feed.position());
            route = new Route(route.pace(), route.end(), null, route.begins());
            if (route.isPlayed()) {
                feed.play(route.end(), false);
            } else {
                feed.playNoMore();
            }
            move();
        } else if (!feed.waits() && feed.reader() != conflated) {
            conflated = feed.reader();
            feed.reader().beginPass();
        }
    }

    private void stand() {
        feed.pause();
        stands = true;
        listener.paused(clock.time(), feed.position());
    }

    private void play(int pace) {
        long now = session.nanoTime();
        long present = session.clock().millis();
        LogReader reader = feed.reader();
        boolean flows = !feed.waits() && gate.isPassed(reader);
        if (flows) {
            tell(now);
        }
        clock.runOn(pace, now, present, flows);
        if (feed.waits()) {
            wakeIn(SECOND);
            return;
        }
        long wait = gate.open(reader, feed.inLog(), pace, now, present);
        if (newestOnly && reader.passDone()) {
            reader.beginPass();
        }
        if (gate.isPassed(reader)) {
            if (wait == 0 && feed.inLog() && clock.shows(present)) {
                arrive();
                return;
            }
            rest(now, wait);
        }
        wakeIn(wait);
    }

    /** Leaves the reader if it has nothing to do for more than a second. */
    private void rest(long now, long wait) {
        if (wait > SECOND) {
            feed.pause();
            rests = true;
            restsUntil = now + wait;
        }
    }

    private void arrive() {
        route = new Route(null, route.end(), null, null);
        count(false);
        if (!route.isPlayed()) {
            feed.playNoMore();
            feed.wantSnapshot();
        }
        feed.reader().upTo(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Reports the time up to which everything has been read, at most once per second. */
    private void tell(long now) {
        Long time = clock.time();
        if (time != null && now - toldAt >= SECOND) {
            toldAt = now;
            listener.clock(time, feed.position());
        }
    }

    private void wakeIn(long wait) {
        session.wakeIn(Math.min(Math.max(wait, gathered), SECOND));
    }

    private void count(boolean now) {
        if (now != counted) {
            paced.change(now);
            counted = now;
        }
    }
}
