package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionPlaces;
import io.laundrybridge.session.wake.ChannelReaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of a sink, each with its own thread, from the sink's opening until its closing. Thread-safe. */
public final class DrainWorkers {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private static final long JOIN_MILLIS = 2_000;

    private final List<DrainWorker> workers = new ArrayList<>();
    private final List<WorkerLateness> lateness = new ArrayList<>();
    private final ChannelLags lags;
    private boolean closed; // guarded by this

    /** Starts {@code count} workers. If one cannot start, the ones before it end. */
    public DrainWorkers(int count, EndpointContext context) {
        this.lags = new ChannelLags(workers, context.services().nanoTime());
        try {
            for (int i = 0; i < count; i++) {
                DrainWorker worker = new DrainWorker(i, context);
                workers.add(worker);
                lateness.add(new WorkerLateness(worker, context.services().nanoTime()));
                worker.start();
            }
        } catch (RuntimeException | Error noThread) {
            stop();
            throw noThread;
        }
    }

    public DrainWorker next(int turn) {
        return workers.get(Math.floorMod(turn, workers.size()));
    }

    /**
     * Opens the session on its worker.
     *
     * @return false if the workers drain, which send {@code bye} only to sessions that were opened
     */
    public synchronized boolean open(Session session) {
        if (!closed) {
            session.open();
        }
        return !closed;
    }

    /** Returns the events of {@code channel} in memory that its slowest session has yet to read; asks the workers. */
    public long lag(Channel channel) {
        return lags.of(channel.name());
    }

    /** Returns for how many nanoseconds tasks wait now, on the worker where they wait longest. */
    public long lateness() {
        return lateness.stream().mapToLong(WorkerLateness::look).max().orElse(0);
    }

    public List<ChannelReaders> readers(Channel channel) {
        return workers.stream().map(worker -> worker.bench().readers(channel)).toList();
    }

    /** Informs the sessions that {@code channel} is gone; returns when all are informed. */
    public void removed(Channel channel) {
        CountDownLatch told = new CountDownLatch(workers.size());
        for (DrainWorker worker : workers) {
            worker.execute(() -> {
                try {
                    worker.sessions().forEach(session -> session.removed(channel));
                    worker.bench().forget(channel);
                } finally {
                    told.countDown();
                }
            });
        }
        await(told);
    }

    /**
     * Sends {@code bye} to every session, waits at most {@code longest} for them to end, drops the remaining ones, and
     * ends the threads.
     *
     * @param places counts the sessions of these workers
     * @param spreadMillis the time over which clients should reconnect
     */
    public void drain(SessionPlaces places, long spreadMillis, Duration longest) {
        synchronized (this) {
            closed = true;
        }
        for (DrainWorker worker : workers) {
            worker.execute(() -> worker.sessions()
                    .forEach(session -> session.close(CloseCode.RESTART, "the server restarts", spreadMillis)));
        }
        places.awaitNone(longest);
        stop();
    }

    private void stop() {
        workers.forEach(DrainWorker::stop);
        try {
            for (DrainWorker worker : workers) {
                if (!worker.join(JOIN_MILLIS)) {
                    LOG.warn("A worker is still busy; its sessions are dropped as soon as it continues");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
