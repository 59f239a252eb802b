package io.laundrybridge.channel.log;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Where the two actors of a state wait for each other. jcstress lets both run through many states, and mostly one after
 * the other: these states are large, so that without it one in a thousand would be met by both at once.
 */
public final class Meeting {
    private static final int PATIENCE = 1_000;

    private final AtomicInteger here = new AtomicInteger();

    /** Returns once the other actor is here too. */
    public void meet() {
        here.incrementAndGet();
        await(() -> here.get() == 2);
    }

    /** Returns once {@code condition} holds, which the other actor brings about. */
    static void await(BooleanSupplier condition) {
        for (int looks = 0; !condition.getAsBoolean(); looks++) {
            if (looks < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the other may need this processor
            }
        }
    }
}
