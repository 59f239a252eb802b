package io.laundrybridge.warmup;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rehearses on a thread of its own until rounds no longer get faster, or its time is up. A failure is logged once and
 * has no other effect. Thread-safe; starts once.
 */
public final class WarmUp implements AutoCloseable {
    private static final long MOST_JOIN_MILLIS = 5_000;

    private final Duration longest;
    private final HostServices services;
    private final Rehearsals rehearsals;
    private final Logger log;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean closed;
    private volatile long deadline;

    /** Makes what is rehearsed. */
    @FunctionalInterface
    interface Rehearsals {

        /** Begins a rehearsal, which returns early once {@code over} is true. */
        Rehearsal begin(HostServices services, BooleanSupplier over);
    }

    /**
     * Makes a warm-up that takes {@code longest} at most; if that is zero there is none.
     *
     * @param services lend the threads and clocks, and receive the one meter
     */
    public WarmUp(Duration longest, HostServices services) {
        this(longest, services, PathRehearsal::new, LoggerFactory.getLogger("io.laundrybridge.Bridge"));
    }

    /** Makes a warm-up of {@code rehearsals} that reports to {@code log}. */
    WarmUp(Duration longest, HostServices services, Rehearsals rehearsals, Logger log) {
        this.longest = longest;
        this.services = services;
        this.rehearsals = rehearsals;
        this.log = log;
    }

    /** Starts, and returns at once. */
    public void start() {
        if (longest.isZero()) {
            end.countDown();
            return;
        }
        deadline = services.nanoTime().getAsLong() + longest.toNanos();
        started = true;
        try {
            services.thread("warm-up", this::run).start();
        } catch (RuntimeException | OutOfMemoryError noThread) {
            failed(noThread);
            end.countDown();
        }
    }

    /** Returns whether the node should wait for it: it has started, has not ended, and its time is not up. */
    public boolean isRunning() {
        return started && end.getCount() > 0 && !isOver();
    }

    private boolean isOver() {
        return closed || services.nanoTime().getAsLong() - deadline >= 0;
    }

    /** Waits until it has ended, or its time is up. An interrupt ends the wait, and stays set. */
    public void await() {
        if (isRunning()) {
            await(TimeUnit.NANOSECONDS.toMillis(deadline - services.nanoTime().getAsLong()) + 1);
        }
    }

    /** Ends it without waiting for it. */
    public void endSoon() {
        closed = true;
    }

    /** Ends it, and waits for its threads for some seconds at most. */
    @Override
    public void close() {
        endSoon();
        if (started) {
            await(MOST_JOIN_MILLIS);
        }
    }

    private void await(long millis) {
        try {
            var unused = end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long began = services.nanoTime().getAsLong();
            Pace pace = new Pace();
            long lines = rehearse(pace);
            if (!closed) {
                long took = services.nanoTime().getAsLong() - began;
                services.telemetry().time(Meter.WARM_UP, "", took);
                log.info(
                        "The bridge warmed up for {} ms: {} rounds, the fastest {} times as fast as the first, {}"
                                + " lines",
                        TimeUnit.NANOSECONDS.toMillis(took),
                        pace.rounds(),
                        String.format(Locale.ROOT, "%.1f", pace.gain()),
                        lines);
            }
        } catch (Throwable e) { // whatever it is, the bridge works without
            failed(e);
        } finally {
            end.countDown();
        }
    }

    /** Rehearses, and returns how many lines reached the clients. */
    private long rehearse(Pace pace) {
        try (Rehearsal rehearsal = rehearsals.begin(services, this::isOver)) {
            while (!isOver() && !pace.isSettled()) {
                long nanos = rehearsal.round();
                if (!isOver()) {
                    pace.add(nanos);
                }
            }
            return rehearsal.lines();
        }
    }

    private void failed(Throwable e) {
        if (!closed) {
            log.warn("The warm-up failed; the bridge starts without, and its first seconds are slower", e);
        }
    }
}
