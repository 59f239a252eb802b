package io.laundrybridge.jcstress.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the two actors of a state wait for each other. jcstress lets both run through many states, and mostly one after
 * the other: these states are large, so that without it one in a thousand would be met by both at once.
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

    /** Returns once {@code condition} holds, which the other actor brings about; throws if that has died. */
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

    /** Returns what {@code actor} answers, or what it threw: an actor that dies would leave the other waiting. */
    public static String answer(Supplier<String> actor) {
        try {
            return actor.get();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
