package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The poll thread's open question about the topic's offsets, until the watcher takes it. Thread-safe. */
final class LookupQuestion {
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final Set<Duration> histories = new HashSet<>();
    private boolean open;
    private boolean stopped;

    LookupQuestion(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Asks for the topic's offsets, and for the starts of {@code wanted}. Joins a question that is still open. */
    synchronized void ask(Set<Duration> wanted) {
        histories.addAll(wanted);
        open = true;
        notifyAll();
    }

    /** Takes the question, if one is open. */
    synchronized @Nullable Set<Duration> take() {
        if (!open) {
            return null;
        }
        Set<Duration> question = Set.copyOf(histories);
        histories.clear();
        open = false;
        return question;
    }

    /** Returns whether a question waits to be taken. */
    synchronized boolean isOpen() {
        return open;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Waits for {@code pause}. The wait ends early if a question is open, unless {@code patiently}. */
    synchronized void rest(Duration pause, boolean patiently) throws InterruptedException {
        long end = nanoTime.getAsLong() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = end - nanoTime.getAsLong()) {
            if (stopped || (open && !patiently)) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }
}
