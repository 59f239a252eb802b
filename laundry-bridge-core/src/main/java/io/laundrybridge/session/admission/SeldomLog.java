package io.laundrybridge.session.admission;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** A log of what a client can cause: a line in ten seconds at most, which says how many were left out. Thread-safe. */
final class SeldomLog {
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Logger log;
    private final LongSupplier nanoTime;
    private boolean told;
    private long toldAt;
    private long untold;

    SeldomLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    void warn(String sentence) {
        long before;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (told && now - toldAt < PAUSE_NANOS) {
                untold++;
                return;
            }
            told = true;
            toldAt = now;
            before = untold;
            untold = 0;
        }
        if (before == 0) {
            log.warn("{}", sentence);
        } else {
            log.warn("{} ({} more since the last such line)", sentence, before);
        }
    }
}
