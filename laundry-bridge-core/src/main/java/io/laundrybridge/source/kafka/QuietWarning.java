package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Decides when a warning that could be repeated endlessly is due: at once, and then at intervals. Not thread-safe. */
final class QuietWarning {
    private final Duration pause;
    private final LongSupplier nanoTime;
    private boolean given;
    private long givenAt;

    QuietWarning(Duration pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** Returns whether to log the warning now; if so, it counts as logged. */
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
