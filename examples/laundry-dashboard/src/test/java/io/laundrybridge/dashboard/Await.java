package io.laundrybridge.dashboard;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another thread does. */
final class Await {
    private static final long PAUSE_MILLIS = 10;

    private Await() {}

    /** Returns once the condition holds; an {@link AssertionError} says what did not come to be in time. */
    static void until(String what, Duration deadline, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new AssertionError("Not within " + deadline + ": " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
