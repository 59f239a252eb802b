package io.laundrybridge.session.login;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.LoginLimits;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call authenticators, which may block. If a call is too late and cannot be interrupted, another
 * thread takes the place of its thread, up to a bound. Threads end after 2 s without work.
 * Thread-safe; usable again after {@link #finish}.
 */
final class AuthenticationThreads {
    private static final int MOST_SUBSTITUTES = 256;

    private final LoginLimits limits;
    private final HostServices services;
    private @Nullable ThreadPoolExecutor pool; // guarded by this
    private int stuck; // guarded by this

    AuthenticationThreads(LoginLimits limits, HostServices services) {
        this.limits = limits;
        this.services = services;
    }

    /**
     * Runs {@code call} as soon as a thread is free.
     *
     * @return false if too many calls wait
     */
    synchronized boolean run(Runnable call) {
        try {
            pool().execute(call);
            return true;
        } catch (RejectedExecutionException tooMany) {
            return false;
        }
    }

    /** Removes {@code call}, which is no longer wanted, if it has not begun. */
    synchronized void remove(Runnable call) {
        if (pool != null) {
            pool.remove(call);
        }
    }

    /** Reports that a call which is no longer wanted keeps its thread. */
    void stuck() {
        change(1);
    }

    /** Reports that such a call has ended. */
    void free() {
        change(-1);
    }

    private synchronized void change(int by) {
        stuck += by;
        if (pool != null) {
            int threads = limits.threads() + Math.min(stuck, MOST_SUBSTITUTES);
            if (threads > pool.getMaximumPoolSize()) {
                pool.setMaximumPoolSize(threads);
                pool.setCorePoolSize(threads);
            } else {
                pool.setCorePoolSize(threads);
                pool.setMaximumPoolSize(threads);
            }
        }
    }

    private ThreadPoolExecutor pool() {
        ThreadPoolExecutor running = pool;
        if (running == null) {
            running = new ThreadPoolExecutor(
                    limits.threads(),
                    limits.threads(),
                    2,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(limits.waiting()),
                    run -> services.thread("login", run));
            running.allowCoreThreadTimeOut(true);
            pool = running;
            stuck = 0;
        }
        return running;
    }

    /** Interrupts all calls and waits for them at most {@code longest}. */
    void finish(Duration longest) {
        ThreadPoolExecutor ending;
        synchronized (this) {
            ending = pool;
            pool = null;
        }
        if (ending != null) {
            ending.shutdownNow();
            try {
                var unused = ending.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
