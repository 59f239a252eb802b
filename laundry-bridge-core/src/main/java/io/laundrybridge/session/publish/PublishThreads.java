package io.laundrybridge.session.publish;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that check and map what is published. They end after 2 s without work. What waits for one is bounded by
 * the publishes that are under way. Thread-safe; usable again after {@link #finish}.
 */
final class PublishThreads implements Executor {
    private final int most;
    private final HostServices services;
    private @Nullable ThreadPoolExecutor pool; // guarded by this

    PublishThreads(int most, HostServices services) {
        this.most = most;
        this.services = services;
    }

    @Override
    public void execute(Runnable task) {
        pool().execute(task);
    }

    private synchronized ThreadPoolExecutor pool() {
        ThreadPoolExecutor present = pool;
        if (present == null) {
            present = new ThreadPoolExecutor(
                    most,
                    most,
                    2,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    run -> services.thread("publish", run));
            present.allowCoreThreadTimeOut(true);
            pool = present;
        }
        return present;
    }

    /** Interrupts all calls; no thread is left. */
    synchronized void finish() {
        if (pool != null) {
            pool.shutdownNow();
            pool = null;
        }
    }
}
