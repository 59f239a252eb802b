package io.laundrybridge.channel.replay;

import io.laundrybridge.host.RateLimitedLog;
import io.laundrybridge.source.HistoryReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that reads again, with one reader of one channel at a time. An interrupt ends it. */
final class ReplayWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");

    private final Replays replays;
    private final RateLimitedLog failures;
    private @Nullable ChannelReplay channel;
    private @Nullable HistoryReader reader;

    ReplayWorker(Replays replays) {
        this.replays = replays;
        this.failures = new RateLimitedLog(LOG, replays.services().nanoTime());
    }

    @Override
    public void run() {
        try {
            do {
                serve();
            } while (!replays.ends());
        } catch (InterruptedException stopped) {
            // The thread ends.
        } finally {
            replays.ending(Thread.currentThread());
            closeLastReader();
            replays.ended(Thread.currentThread());
        }
    }

    private void serve() throws InterruptedException {
        for (ChannelReplay next = replays.next(); next != null; next = replays.next()) {
            try {
                next.readNext(readerOf(next));
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                failures.warn("Reading again failed; it is tried again with a new reader", e);
                next.failed();
                closeReader();
            } finally {
                next.queue().giveBack();
            }
        }
    }

    private HistoryReader readerOf(ChannelReplay next) {
        HistoryReader open = reader;
        if (open == null || channel != next) {
            closeReader();
            open = next.openReader();
            reader = open;
            channel = next;
        }
        return open;
    }

    private void closeLastReader() {
        try {
            closeReader();
        } catch (RuntimeException e) {
            failures.warn("A reader that read again did not close cleanly", e);
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
