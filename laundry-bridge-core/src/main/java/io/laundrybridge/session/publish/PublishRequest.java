package io.laundrybridge.session.publish;

import io.laundrybridge.publish.Publish;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client to publish, from its acceptance to its answer, of which it gets exactly one. Thread-safe.
 */
final class PublishRequest {
    private final Publish publish;
    private final PublishRoute route;
    private final long acceptedAt;
    private final Consumer<PublishOutcome> answer;
    private final AtomicBoolean answered = new AtomicBoolean();
    private @Nullable PublishAttempt attempt; // guarded by this
    private boolean expired; // guarded by this

    /** Makes a request that was accepted at {@code now}; {@code answer} takes its outcome on any thread. */
    PublishRequest(Publish publish, PublishRoute route, long now, Consumer<PublishOutcome> answer) {
        this.publish = publish;
        this.route = route;
        this.acceptedAt = now;
        this.answer = answer;
    }

    Publish publish() {
        return publish;
    }

    PublishRoute route() {
        return route;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    boolean isAnswered() {
        return answered.get();
    }

    /**
     * Makes the outcome of {@code shared} that of this request too.
     *
     * @return false if the request has expired
     */
    synchronized boolean waitFor(PublishAttempt shared) {
        if (!expired) {
            attempt = shared;
        }
        return !expired;
    }

    /** Answers with {@code given}, unless it was answered before. */
    void answer(PublishOutcome given) {
        if (answered.compareAndSet(false, true)) {
            answer.accept(given);
        }
    }

    /**
     * Ends the wait for an answer. The outcome is unknown only if the record was sent; otherwise it never will be.
     *
     * @return the attempt that ends with this request, because it was not sent yet; null if there is none
     */
    @Nullable PublishAttempt expire() {
        PublishAttempt shared = takeAttempt();
        if (shared == null) {
            answer(PublishOutcome.notSent());
        } else if (shared.abandon()) {
            return shared;
        } else {
            answer(PublishOutcome.unknown());
        }
        return null;
    }

    private synchronized @Nullable PublishAttempt takeAttempt() {
        expired = attempt == null;
        return attempt;
    }
}
