package io.laundrybridge.session.playback;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time that a replay shows. It runs at the replay's pace, as long as the client has read everything that is due.
 * It never goes back and never passes the present. Confined to its session's worker.
 */
public final class PlaybackClock {
    /** How long it runs after the last look at which everything due had been read. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private boolean known;
    private long nanos; // since 1970
    private long lookedAt;
    private long runsUntil;

    /** Makes a clock at {@code millis} since 1970; with null it begins with the first event. */
    public PlaybackClock(@Nullable Long millis) {
        if (millis != null) {
            begin(millis);
        }
    }

    /** Begins at {@code millis} since 1970. */
    void begin(long millis) {
        known = true;
        nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    boolean isKnown() {
        return known;
    }

    /** Returns the milliseconds since 1970; null if no event has come yet. */
    public @Nullable Long time() {
        return known ? millis() : null;
    }

    /** Returns whether it shows {@code millis}, or a later time. */
    public boolean shows(long millis) {
        return known && millis() >= millis;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /**
     * Runs on at {@code pace}.
     *
     * @param now the monotonic time, in nanoseconds
     * @param present the milliseconds since 1970 now
     * @param flows whether everything that was due has been read
     */
    public void runOn(int pace, long now, long present, boolean flows) {
        long ran = Math.min(now - lookedAt, runsUntil - lookedAt);
        if (ran > 0 && known) {
            nanos += ran * pace;
        }
        nanos = Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(present));
        lookedAt = now;
        if (flows) {
            runsUntil = now + SLACK_NANOS;
        }
    }

    /** Stands still until {@link #runOn}, which begins at {@code now}. */
    public void rest(long now) {
        lookedAt = now;
        runsUntil = now;
    }

    /** Runs on without a look for {@code wait} nanoseconds: nothing is due before. */
    void expect(long wait) {
        runsUntil = Math.max(runsUntil, lookedAt + wait + SLACK_NANOS);
    }

    /** Goes on to {@code millis}, because nothing has happened for too long. */
    void jump(long millis) {
        nanos = Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Returns the nanoseconds until it shows {@code millis}. */
    long until(long millis, int pace) {
        return (TimeUnit.MILLISECONDS.toNanos(millis) - nanos + pace - 1) / pace;
    }
}
