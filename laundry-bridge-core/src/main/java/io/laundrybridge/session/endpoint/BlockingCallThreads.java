package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs closes, aborts, pings and calls to the host. Each lane has up to 8 threads, which end after 2 s without work.
 * A ping or a call to the host without a free thread is refused. Thread-safe; usable again after {@link #finish}.
 */
public final class BlockingCallThreads implements BlockingCalls {
    private static final int THREADS = 8;

    private final HostServices services;
    private final Map<Lane, ThreadPoolExecutor> pools = new EnumMap<>(Lane.class);

    public BlockingCallThreads(HostServices services) {
        this.services = services;
    }

    @Override
    public synchronized boolean run(Lane lane, Runnable task) {
        ThreadPoolExecutor pool = pools.computeIfAbsent(lane, this::pool);
        if (!lane.waits()) {
            return taken(pool, task);
        }
        waiting(1);
        try {
            pool.execute(() -> counted(task));
        } catch (Throwable noThread) {
            waiting(-1);
            throw noThread;
        }
        return true;
    }

    /** Waits at most {@code longest} for running calls, then interrupts them; no thread is left. */
    public void finish(Duration longest) {
        List<ThreadPoolExecutor> ending = take();
        ending.forEach(ThreadPoolExecutor::shutdown);
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            for (ThreadPoolExecutor pool : ending) {
                if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    waiting(-pool.shutdownNow().size());
                }
            }
        } catch (InterruptedException e) {
            ending.forEach(ThreadPoolExecutor::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private void counted(Runnable task) {
        try {
            task.run();
        } finally {
            waiting(-1);
        }
    }

    private static boolean taken(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException everyThreadIsBusy) {
            return false;
        }
    }

    private ThreadPoolExecutor pool(Lane lane) {
        boolean queues = lane.waits();
        BlockingQueue<Runnable> queue = queues ? new LinkedBlockingQueue<>() : new SynchronousQueue<>();
        String name = "closer-" + lane.name().toLowerCase(Locale.ROOT);
        var pool = new ThreadPoolExecutor(
                queues ? THREADS : 0, THREADS, 2, TimeUnit.SECONDS, queue, run -> services.thread(name, run));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private synchronized List<ThreadPoolExecutor> take() {
        List<ThreadPoolExecutor> taken = new ArrayList<>(pools.values());
        pools.clear();
        return taken;
    }

    private void waiting(int change) {
        services.telemetry().add(Meter.CLOSES_WAITING, "", change);
    }
}
