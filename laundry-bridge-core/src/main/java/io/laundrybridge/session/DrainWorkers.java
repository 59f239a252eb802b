package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers of a sink, each with a thread of its own. Thread-safe. */
final class DrainWorkers {
    /**
     * Clients that come back after a stop spread over this long for every thousand of them. A few are no crowd: whoever
     * looks at one of their pages should see nothing of the stop.
     */
    private static final long SPREAD_MILLIS_PER_THOUSAND = 2_000;

    private static final long LEAST_SPREAD_MILLIS = 100;

    private static final long POLL_MILLIS = 10;

    private final List<DrainWorker> workers = new ArrayList<>();

    DrainWorkers(int count, SinkContext context) {
        for (int i = 0; i < count; i++) {
            DrainWorker worker = new DrainWorker(i, context);
            workers.add(worker);
            worker.start();
        }
    }

    DrainWorker next(int turn) {
        return workers.get(Math.floorMod(turn, workers.size()));
    }

    List<ChannelReaders> readers(Channel channel) {
        return workers.stream().map(worker -> worker.readers(channel)).toList();
    }

    /** Tells the sessions that {@code channel} is no longer there; returns when all have been told. */
    void removed(Channel channel) {
        CountDownLatch told = new CountDownLatch(workers.size());
        for (DrainWorker worker : workers) {
            worker.execute(() -> {
                try {
                    worker.sessions().forEach(session -> session.removed(channel));
                    worker.forget(channel);
                } finally {
                    told.countDown();
                }
            });
        }
        await(told);
    }

    /** Says goodbye to every session, waits for them to end, at most {@code longest}, and ends the threads. */
    void drain(AtomicInteger sessions, Duration longest) {
        long spread = Math.max(LEAST_SPREAD_MILLIS, sessions.get() * SPREAD_MILLIS_PER_THOUSAND / 1_000);
        long deadline = System.nanoTime() + longest.toNanos();
        for (DrainWorker worker : workers) {
            worker.execute(() -> worker.sessions()
                    .forEach(session -> session.close(CloseCode.RESTART, "the server restarts", spread)));
        }
        boolean interrupted = false;
        while (sessions.get() > 0 && System.nanoTime() - deadline < 0 && !interrupted) {
            interrupted = pause();
        }
        workers.forEach(DrainWorker::stop);
        joinAll(deadline);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void joinAll(long deadline) {
        for (DrainWorker worker : workers) {
            if (worker.isCurrentThread()) {
                continue;
            }
            try {
                worker.join(Math.max(100, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void await(CountDownLatch told) {
        try {
            told.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
