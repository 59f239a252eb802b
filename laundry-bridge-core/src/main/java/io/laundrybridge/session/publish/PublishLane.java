package io.laundrybridge.session.publish;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session, handled one after the other in their order. Each takes a turn among the lanes of other
 * sessions. Thread-safe.
 */
final class PublishLane implements Runnable {
    private final Executor threads;
    private final Consumer<PublishRequest> work;

    // Guarded by this.
    private final Queue<PublishRequest> waiting = new ArrayDeque<>();
    private boolean running;

    /** Makes a lane whose requests {@code work} handles on {@code threads}. */
    PublishLane(Executor threads, Consumer<PublishRequest> work) {
        this.threads = threads;
        this.work = work;
    }

    /**
     * Adds {@code request}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if there are no threads any more
     */
    void add(PublishRequest request) {
        synchronized (this) {
            waiting.add(request);
            if (running) {
                return;
            }
            running = true;
        }
        begin();
    }

    private void begin() {
        try {
            threads.execute(this);
        } catch (Throwable noThread) {
            synchronized (this) {
                running = false;
                waiting.clear();
            }
            throw noThread;
        }
    }

    @Override
    public void run() {
        PublishRequest request = next();
        if (request != null) {
            work.accept(request);
        }
        if (hasMore()) {
            begin();
        }
    }

    private synchronized @Nullable PublishRequest next() {
        return waiting.poll();
    }

    private synchronized boolean hasMore() {
        running = !waiting.isEmpty();
        return running;
    }
}
