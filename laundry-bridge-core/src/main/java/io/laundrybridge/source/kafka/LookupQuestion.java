package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The poll thread's open question about the topic's offsets, until the watcher takes it. Thread-safe. */
final class LookupQuestion {
    // Guarded by this.
    private final Set<Duration> histories = new HashSet<>();
    private boolean open;

    /** Asks for the topic's offsets, and for the starts of {@code wanted}. Joins a question that is still open. */
    synchronized void ask(Set<Duration> wanted) {
        histories.addAll(wanted);
        open = true;
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
}
