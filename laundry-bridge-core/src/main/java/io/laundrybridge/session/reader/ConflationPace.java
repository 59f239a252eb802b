package io.laundrybridge.session.reader;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when a subscription takes only the newest event of each key: once per interval, or while it lags. Confined to
 * its worker.
 */
public final class ConflationPace {
    /** A few more events than fit into a frame. A session that lags by so many does not keep up. */
    private static final int LAG = 512;

    private final long interval;
    private final boolean conflates;
    private long passAt;

    /**
     * Makes a pace of one pass per {@code interval}, or of none if that is zero.
     *
     * @param conflates whether the subscription takes only the newest event of each key while it lags
     */
    public ConflationPace(Duration interval, boolean conflates, long now) {
        this.interval = interval.toNanos();
        this.conflates = conflates;
        this.passAt = now - this.interval;
    }

    /**
     * Begins a pass of {@code reader} if one is due.
     *
     * @param nanoTime read only by paces with an interval
     * @return nanoseconds until one will be due, if the reader waits for that; else 0
     */
    public long apply(LogReader reader, LongSupplier nanoTime) {
        reader.inPasses(interval > 0);
        if (!reader.passDone() || reader.lag() <= 0) {
            return 0;
        }
        if (interval == 0) {
            if (conflates && reader.overdue() > LAG) {
                reader.beginPass();
            }
            return 0;
        }
        long now = nanoTime.getAsLong();
        long left = passAt + interval - now;
        if (left <= 0) {
            passAt = now;
            reader.beginPass();
            return 0;
        }
        return left;
    }
}
