package io.laundrybridge.source;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task after pauses of 0.2 s that double up to 5 s, each on a short-lived thread. Confined to one thread at a
 * time.
 */
final class Retry {
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5_000;

    private final HostServices services;
    private final Runnable task;
    private long pause = FIRST_MILLIS;
    private volatile boolean over = true;
    private @Nullable Thread waiting;

    Retry(HostServices services, Runnable task) {
        this.services = services;
        this.task = task;
    }

    /** Begins the next pause. */
    void begin() {
        long millis = pause;
        pause = Math.min(LONGEST_MILLIS, pause * 2);
        over = false;
        waiting = services.thread("retry", () -> waitFor(millis));
        waiting.start();
    }

    /** Returns whether no pause is under way. */
    boolean isOver() {
        return over;
    }

    /** Ends the pause without running the task. */
    void end() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private void waitFor(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            over = true;
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reading ended, or began again
        }
    }
}
