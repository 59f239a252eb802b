package io.laundrybridge.session.worker;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Measures how long tasks wait for a worker: the load, as its sessions feel it. Thread-safe. */
final class WorkerLateness implements Runnable {
    private final Executor worker;
    private final LongSupplier nanoTime;
    private final AtomicBoolean waits = new AtomicBoolean();
    private volatile long asked;
    private volatile long last;

    WorkerLateness(Executor worker, LongSupplier nanoTime) {
        this.worker = worker;
        this.nanoTime = nanoTime;
    }

    /** Returns for how many nanoseconds the last task has waited, or waits by now; sends the next one. */
    long look() {
        long now = nanoTime.getAsLong();
        if (waits.compareAndSet(false, true)) {
            asked = now;
            worker.execute(this);
            return last;
        }
        return Math.max(0, now - asked);
    }

    @Override
    public void run() {
        last = Math.max(0, nanoTime.getAsLong() - asked);
        waits.set(false);
    }
}
