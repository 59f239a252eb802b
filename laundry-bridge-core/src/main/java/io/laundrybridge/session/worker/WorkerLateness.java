package io.laundrybridge.session.worker;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Measures how long tasks wait for a worker: the load, as its sessions feel it. Thread-safe. */
final class WorkerLateness implements Runnable {
    /** After so long the last measurement says nothing of the load now. */
    private static final long OLD = TimeUnit.SECONDS.toNanos(1);

    private final Executor worker;
    private final LongSupplier nanoTime;
    private final AtomicBoolean waits = new AtomicBoolean();
    private volatile long asked;
    private volatile long last;
    private volatile long measured;

    WorkerLateness(Executor worker, LongSupplier nanoTime) {
        this.worker = worker;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns for how many nanoseconds the last task has waited, or waits by now; 0 if that was more than a second ago.
     * Sends the next one.
     */
    long look() {
        long now = nanoTime.getAsLong();
        if (waits.compareAndSet(false, true)) {
            asked = now;
            worker.execute(this);
            return now - measured < OLD ? last : 0;
        }
        return Math.max(0, now - asked);
    }

    @Override
    public void run() {
        measured = nanoTime.getAsLong();
        last = Math.max(0, measured - asked);
        waits.set(false);
    }
}
