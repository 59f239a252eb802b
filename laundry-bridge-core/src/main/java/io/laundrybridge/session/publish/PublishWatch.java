package io.laundrybridge.session.publish;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.logging.RateLimitedLog;
import org.jspecify.annotations.Nullable;

/** A thread that looks several times a second at what may have taken too long. Thread-safe; it may start again. */
final class PublishWatch {
    private static final long PAUSE_MILLIS = 100;

    private final HostServices services;
    private final Runnable look;
    private final RateLimitedLog failures;
    private @Nullable Thread running; // guarded by this

    PublishWatch(HostServices services, Runnable look, RateLimitedLog failures) {
        this.services = services;
        this.look = look;
        this.failures = failures;
    }

    synchronized void start() {
        if (running == null) {
            Thread thread = services.thread("publish-watch", this::watch);
            thread.start();
            running = thread;
        }
    }

    synchronized void stop() {
        running = null;
        notifyAll();
    }

    private void watch() {
        while (goesOn()) {
            try {
                look.run();
            } catch (Throwable e) {
                failures.warn("The watch over publishes failed and goes on", e);
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops; a look that comes too early does no harm
    private synchronized boolean goesOn() {
        if (running == Thread.currentThread()) {
            try {
                wait(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                running = null;
            }
        }
        return running == Thread.currentThread();
    }
}
