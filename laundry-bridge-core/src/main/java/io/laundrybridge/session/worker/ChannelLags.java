package io.laundrybridge.session.worker;

import io.laundrybridge.session.feed.ReadChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds out how far the slowest session of each channel is behind, by asking the workers when that is asked for.
 * Thread-safe.
 */
final class ChannelLags {
    /** One answer serves all channels: a scrape of the meters asks for each in turn. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PATIENCE_MILLIS = 100;

    private final List<DrainWorker> workers;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private Map<String, Long> greatest = Map.of();
    private long askedAt;

    ChannelLags(List<DrainWorker> workers, LongSupplier nanoTime) {
        this.workers = workers;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong() - FRESH_NANOS;
    }

    /** Returns the events of {@code channel} in memory that its slowest session has yet to read. */
    synchronized long of(String channel) {
        long now = nanoTime.getAsLong();
        if (now - askedAt >= FRESH_NANOS) {
            askedAt = now;
            greatest = ask();
        }
        return greatest.getOrDefault(channel, 0L);
    }

    /** Asks all workers; one that is busy for longer is left out, and is asked again next time. */
    private Map<String, Long> ask() {
        Map<String, Long> answers = new ConcurrentHashMap<>();
        CountDownLatch open = new CountDownLatch(workers.size());
        for (DrainWorker worker : workers) {
            worker.execute(() -> {
                try {
                    worker.sessions().forEach(session -> note(session.readChannels(), answers));
                } finally {
                    open.countDown();
                }
            });
        }
        try {
            open.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private static void note(List<ReadChannel> channels, Map<String, Long> answers) {
        channels.forEach(channel -> answers.merge(channel.name(), channel.lag(), Math::max));
    }
}
