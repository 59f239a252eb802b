package io.laundrybridge.channel.replay;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.source.HistoryReader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one replay thread, with one open reader of one channel at a time. Confined to that thread. */
public final class ReplayWorker {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");

    private final ReplayTurns turns;
    private final ReplayTurns.Rate rate;
    private final RateLimitedLog failures;
    private @Nullable ReplayReader channel;
    private @Nullable HistoryReader history;

    ReplayWorker(ReplayTurns turns, ReplayTurns.Rate rate, LongSupplier nanoTime) {
        this.turns = turns;
        this.rate = rate;
        this.failures = new RateLimitedLog(LOG, nanoTime);
    }

    /** Serves channels, one after the other, until ten seconds have passed without a request. */
    void serve() throws InterruptedException {
        for (ReplayReader next = turns.next(); next != null; next = turns.next()) {
            serve(next);
        }
    }

    /**
     * Serves one turn, if one may be served now. For simulations, which have no replay threads.
     *
     * @return false if there was none
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean step() throws InterruptedException {
        ReplayReader next = turns.nextNow();
        if (next != null) {
            serve(next);
        }
        return next != null;
    }

    private void serve(ReplayReader next) throws InterruptedException {
        try {
            next.readNext(historyOf(next), rate);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            failures.warn("A replay failed; it is tried again with a new reader", e);
            next.queue().pause();
            closeHistory();
        } finally {
            next.queue().giveBack();
        }
    }

    /** Closes the open reader. */
    void close() {
        try {
            closeHistory();
        } catch (RuntimeException e) {
            failures.warn("A replay's reader did not close cleanly", e);
        }
    }

    private HistoryReader historyOf(ReplayReader next) {
        HistoryReader open = history;
        if (open == null || channel != next) {
            closeHistory();
            open = next.open();
            history = open;
            channel = next;
        }
        return open;
    }

    private void closeHistory() {
        if (history != null) {
            history.close();
            history = null;
        }
    }
}
