package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The threads of a poll loop: the one that polls, and those before it that hang in Kafka's client. Thread-safe. */
final class PollThreads {

    /** With so many threads that hang the loop waits for one of them. */
    private static final int MOST_HANGING = 2;

    private final Supplier<Thread> threads;
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile Thread current;

    PollThreads(Supplier<Thread> threads) {
        this.threads = threads;
        this.current = threads.get();
    }

    void start() {
        current.start();
    }

    /** Returns the thread that polls. */
    Thread current() {
        return current;
    }

    /** Returns whether the caller is on the thread that polls. */
    boolean areCurrent() {
        return Thread.currentThread() == current;
    }

    String name() {
        return current.getName();
    }

    /** Returns whether one more thread may hang. */
    boolean mayHang() {
        return hanging.get() < MOST_HANGING;
    }

    /** The thread that polls hangs: makes and starts the next, once {@code before} has run. */
    void replace(Runnable before) {
        hanging.incrementAndGet();
        before.run();
        current = threads.get();
        current.start();
    }

    /** A thread that hung has come back. */
    void returned() {
        hanging.decrementAndGet();
    }

    /** Waits until the thread that polls has ended. */
    void join(long nanos) throws InterruptedException {
        current.join(Math.max(1, Duration.ofNanos(nanos).toMillis()));
    }
}
