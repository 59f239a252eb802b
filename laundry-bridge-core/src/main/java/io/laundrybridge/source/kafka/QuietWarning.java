package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when a warning that could be given over and over is due: at once, and then once in a while. Not thread-safe. */
final class QuietWarning {
    private final Duration pause;
    private final LongSupplier nanoTime;
    private boolean given;
    private long givenAt;

    QuietWarning(Duration pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** Returns whether to give it now; if so, it counts as given. */
    boolean due() {
        long now = nanoTime.getAsLong();
        boolean due = !given || now - givenAt >= pause.toNanos();
        if (due) {
            given = true;
            givenAt = now;
        }
        return due;
    }
}
