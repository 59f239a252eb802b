package io.laundrybridge.test.contract;

import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts completions and keeps their failures. */
final class Completions implements SendCompletion {
    private int count;
    private final List<Throwable> failures = new ArrayList<>();

    @Override
    public synchronized void done(@Nullable Throwable failure) {
        count++;
        if (failure != null) {
            failures.add(failure);
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Waits for the first completion and fails if it is a failure. */
    void awaitSuccess() {
        Await.until("a completion", Duration.ofSeconds(10), () -> count() > 0);
        if (!failures().isEmpty()) {
            throw new AssertionError(
                    "The send failed", Objects.requireNonNull(failures().get(0)));
        }
    }
}
