package io.laundrybridge.logging;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs trouble of one kind at most once in 10 seconds: the first time at once, later with the number of omitted ones.
 * Thread-safe.
 */
public final class RateLimitedLog {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private boolean saidOne;
    private long quietUntil;
    private long leftOut;

    /** Makes a log for one kind of trouble, which writes to {@code log} and takes the time from {@code nanoTime}. */
    public RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Logs {@code sentence} as a warning, unless a similar one was logged within 10 seconds. */
    public void warn(String sentence) {
        warn(sentence, null);
    }

    /**
     * Logs {@code sentence} as a warning, with the stack trace of {@code cause}, unless a similar one was logged within
     * 10 seconds.
     */
    public void warn(String sentence, @Nullable Throwable cause) {
        long before = mayLog();
        if (before >= 0) {
            log.warn(before == 0 ? sentence : sentence + " (" + before + " more like it were not logged)", cause);
        }
    }

    /** Returns the number of sentences omitted since the last line; -1 if this one is to be omitted too. */
    private synchronized long mayLog() {
        long now = nanoTime.getAsLong();
        if (saidOne && now - quietUntil < 0) {
            leftOut++;
            return -1;
        }
        long before = leftOut;
        saidOne = true;
        leftOut = 0;
        quietUntil = now + PAUSE_NANOS;
        return before;
    }
}
