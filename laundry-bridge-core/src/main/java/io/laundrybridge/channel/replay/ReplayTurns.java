package io.laundrybridge.channel.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides which channel of a node is read next. Channels with requests take turns, at the node's rate. Thread-safe. */
final class ReplayTurns {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Rate rate;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final List<ReplayReader> channels = new ArrayList<>();
    private int turn;
    private boolean closed;

    ReplayTurns(Rate rate, LongSupplier nanoTime) {
        this.rate = rate;
        this.nanoTime = nanoTime;
    }

    synchronized void add(ReplayReader channel) {
        channels.add(channel);
    }

    synchronized void remove(ReplayReader channel) {
        channels.remove(channel);
        notifyAll();
    }

    /** Wakes threads, because a request waits. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Ends the turns.
     *
     * @return the channels that were open
     */
    synchronized List<ReplayReader> close() {
        closed = true;
        notifyAll();
        return List.copyOf(channels);
    }

    /** Returns whether a request waits, even if its session's account does not allow an answer yet. */
    synchronized boolean isWanted() {
        long now = nanoTime.getAsLong();
        return !closed && channels.stream().anyMatch(each -> each.queue().untilReady(now) != null);
    }

    /**
     * Returns the next channel; null after ten seconds without one. The caller has its queue until
     * {@link ReplayQueue#giveBack}.
     */
    synchronized @Nullable ReplayReader next() throws InterruptedException {
        long end = nanoTime.getAsLong() + IDLE_NANOS;
        while (!closed) {
            long now = nanoTime.getAsLong();
            long paced = rate.untilFree(now);
            if (paced > 0) {
                waitFor(paced);
                continue;
            }
            ReplayReader ready = ready(now);
            if (ready != null) {
                return ready;
            }
            if (end - now <= 0) {
                return null;
            }
            waitFor(Math.min(end - now, untilReady(now)));
        }
        return null;
    }

    /** Returns the next channel, as {@link #next}, but null if none may be read now. */
    synchronized @Nullable ReplayReader nextNow() {
        long now = nanoTime.getAsLong();
        return closed || rate.untilFree(now) > 0 ? null : ready(now);
    }

    private @Nullable ReplayReader ready(long now) {
        for (int i = 0; i < channels.size(); i++) {
            ReplayReader channel = channels.get(Math.floorMod(turn++, channels.size()));
            if (channel.queue().take(now)) {
                return channel;
            }
        }
        return null;
    }

    private long untilReady(long now) {
        long least = Long.MAX_VALUE;
        for (ReplayReader channel : channels) {
            Long left = channel.queue().untilReady(now);
            least = left == null ? least : Math.min(least, left);
        }
        return least;
    }

    private void waitFor(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, LEAST_WAIT_NANOS));
    }

    /**
     * Limits the bytes per second that a node replays. After a piece, no thread reads on until its time has passed.
     * Thread-safe.
     */
    static final class Rate {
        private final long bytesPerSecond;
        private final LongSupplier nanoTime;
        private long freeAt; // guarded by this

        Rate(long bytesPerSecond, LongSupplier nanoTime) {
            this.bytesPerSecond = bytesPerSecond;
            this.nanoTime = nanoTime;
            this.freeAt = nanoTime.getAsLong();
        }

        /** Counts {@code bytes} that were read. */
        synchronized void took(long bytes) {
            double nanos = (double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
            freeAt += Math.max(0, nanoTime.getAsLong() - freeAt) + (long) nanos;
        }

        /** Returns the nanoseconds until more may be read; 0 or less if it may now. */
        synchronized long untilFree(long now) {
            return freeAt - now;
        }
    }
}
