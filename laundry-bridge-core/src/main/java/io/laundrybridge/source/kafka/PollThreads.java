package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The threads of a poll loop: the one that polls, and earlier ones that hang in Kafka's client. Thread-safe. */
final class PollThreads {

    /** The number of hanging threads at which the loop waits for one of them to return. */
    private static final int MOST_HANGING = 2;

    private final Supplier<Thread> threads;
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile Thread current;

    /** Takes {@code first} as the thread that polls; {@code threads} makes later ones. */
    PollThreads(Thread first, Supplier<Thread> threads) {
        this.threads = threads;
        this.current = first;
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

    /** Makes and starts the next thread, once {@code before} has run, because the polling one hangs. */
    void replace(Runnable before) {
        hanging.incrementAndGet();
        before.run();
        current = threads.get();
        current.start();
    }

    /** Makes a thread that may {@link #succeed} the present one. */
    Thread make() {
        return threads.get();
    }

    /** Starts {@code next}, which polls from now on. */
    void succeed(Thread next) {
        current = next;
        next.start();
    }

    /** Counts a thread that hung as returned. */
    void returned() {
        hanging.decrementAndGet();
    }

    /** Waits until the thread that polls has ended. */
    void join(long nanos) throws InterruptedException {
        current.join(Math.max(1, Duration.ofNanos(nanos).toMillis()));
    }
}
