package io.laundrybridge.session;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may block, off the workers: containers take up to 20 s to close a socket whose peer has stopped reading. Up to
 * 8 threads, which end when idle for 2 s. Thread-safe; usable again after {@link #finish}.
 */
final class Closer implements Executor {
    private static final int THREADS = 8;

    private final HostServices services;
    private @Nullable ThreadPoolExecutor pool;

    Closer(HostServices services) {
        this.services = services;
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (pool == null) {
            pool = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    2,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    run -> services.thread("closer", run));
            pool.allowCoreThreadTimeOut(true);
        }
        pool.execute(task);
    }

    /** Waits for what was begun, at most {@code longest}, then interrupts it; no thread is left. */
    void finish(Duration longest) {
        ThreadPoolExecutor ending = take();
        if (ending == null) {
            return;
        }
        ending.shutdown();
        try {
            if (!ending.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                ending.shutdownNow();
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ThreadPoolExecutor take() {
        ThreadPoolExecutor taken = pool;
        pool = null;
        return taken;
    }
}
