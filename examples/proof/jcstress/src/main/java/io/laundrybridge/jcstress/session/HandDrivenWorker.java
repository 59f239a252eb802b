package io.laundrybridge.jcstress.session;

import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.worker.DrainWorker;
import java.time.Duration;
import java.time.InstantSource;

/** A drain worker with its own queue and loop, but no thread: actors run the loop as far as the clock permits. */
final class HandDrivenWorker {
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final EndOfTurn END = new EndOfTurn();

    private final EndpointContext context;
    private final DrainWorker worker;
    private Runnable loop;
    private long looksAtClock = FOR_EVER;

    /** A worker that others believe to run on {@code thread}. */
    HandDrivenWorker(Thread thread) {
        HostServices services = new HostServices(
                task -> lend(task, thread), InstantSource.system(), this::nanoTime, Telemetry.NONE, AuditListener.NONE);
        context = new EndpointContext(
                SessionLimits.builder().batchBytes(1 << 10).build(), // each worker allocates its images of frames
                Duration.ofMinutes(1),
                services,
                new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT),
                BlockingCalls.on(Runnable::run));
        worker = new DrainWorker(0, context);
    }

    EndpointContext context() {
        return context;
    }

    DrainWorker worker() {
        return worker;
    }

    /** Runs the task that waits first. */
    void turn() {
        looksAtClock = 1; // at its beginning; it would look again after the first task
        try {
            loop.run();
        } catch (EndOfTurn end) {
            looksAtClock = FOR_EVER;
        }
    }

    /** Runs every task that waits. */
    void finish() {
        worker.stop();
        run();
    }

    /** Runs tasks, and parks if there are none, until the worker is stopped. */
    void run() {
        loop.run();
    }

    private Thread lend(Runnable task, Thread thread) {
        loop = task;
        return thread;
    }

    private long nanoTime() {
        if (looksAtClock-- == 0) {
            throw END;
        }
        return System.nanoTime();
    }

    private static final class EndOfTurn extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndOfTurn() {
            super("the turn is over", null, false, false);
        }
    }
}
