package io.laundrybridge.test;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for a condition that another thread or process makes true, within a deadline. */
public final class Await {

    private static final long PAUSE_MILLIS = 10;
    /** Deadlines are cut to this, so that a mutant whose tests wait in vain has its verdict soon. */
    private static final Duration MOST = Duration.ofSeconds(
            Long.getLong("await.most-seconds", Duration.ofDays(1).toSeconds()));

    private Await() {}

    /** Returns once the condition holds; an {@link AssertionError} names the condition that did not hold in time. */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        until(() -> what, deadline, condition);
    }

    /** As {@link #until(String, Duration, Callable)}; {@code what} is asked when the time is over. */
    public static void until(Supplier<String> what, Duration deadline, Callable<Boolean> condition) {
        Duration within = deadline.compareTo(MOST) > 0 ? MOST : deadline;
        long start = System.nanoTime();
        while (!holds(what, condition)) {
            if (System.nanoTime() - start > within.toNanos()) {
                throw new AssertionError("Not within " + within + ": " + what.get());
            }
            pause(what);
        }
    }

    private static boolean holds(Supplier<String> what, Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("Failed while waiting: " + what.get(), e);
        }
    }

    private static void pause(Supplier<String> what) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting: " + what.get(), e);
        }
    }
}
