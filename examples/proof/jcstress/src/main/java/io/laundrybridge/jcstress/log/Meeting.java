package io.laundrybridge.jcstress.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The point at which the two actors of a state wait for each other. jcstress runs both through many large states,
 * mostly one after the other. Without this, both would meet in one state of a thousand.
 */
public final class Meeting {
    private static final int PATIENCE = 1_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicInteger here = new AtomicInteger();

    /** Returns once the other actor is here too. */
    public void meet() {
        here.incrementAndGet();
        await(() -> here.get() == 2);
    }

    /** Returns once the other actor has made {@code condition} true; throws if that actor has died. */
    public static void await(BooleanSupplier condition) {
        long began = 0;
        for (int looks = 0; !condition.getAsBoolean(); looks++) {
            if (looks < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the other may need this processor
                began = began == 0 ? System.nanoTime() : began;
                if (System.nanoTime() - began > LONGEST_NANOS) {
                    throw new IllegalStateException("the other actor did not come");
                }
            }
        }
    }

    /** Returns the answer of {@code actor}, or its exception, so that the other actor does not wait for a dead one. */
    public static String answer(Supplier<String> actor) {
        try {
            return actor.get();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
