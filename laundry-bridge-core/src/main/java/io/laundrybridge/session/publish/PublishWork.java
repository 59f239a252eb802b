package io.laundrybridge.session.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.Publish;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.PublishPolicy;
import io.laundrybridge.publish.RecordPlace;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a request and sends it, unless its message is known. Runs on threads that may block; only sending
 * never does. Thread-safe.
 */
final class PublishWork {
    private static final Set<String> OWN_HEADERS =
            Set.of(PublishMapping.MESSAGE_ID, PublishMapping.USER, PublishMapping.TIME);

    private final KnownMessages known;
    private final RateLimitedLog failures;

    PublishWork(KnownMessages known, RateLimitedLog failures) {
        this.known = known;
        this.failures = failures;
    }

    /** Handles {@code request}, which is answered now or once the sink has answered. */
    void handle(PublishRequest request) {
        if (request.isAnswered()) {
            return;
        }
        try {
            PublishAttempt attempt = known.claim(request);
            if (attempt != null) {
                make(attempt, request);
            }
        } catch (Throwable e) {
            failures.warn("A publish failed and is answered 'internal'", e);
            request.answer(PublishOutcome.internal());
        }
    }

    private void make(PublishAttempt attempt, PublishRequest request) {
        Publish publish = request.publish();
        PublishRoute.Open open = request.route().open();
        OutgoingRecord record;
        try {
            if (open == null) {
                known.settle(attempt, PublishOutcome.stopped());
                return;
            }
            record = record(attempt, publish, open.policy());
        } catch (Throwable e) {
            known.settle(attempt, refusal(publish, e));
            return;
        }
        if (request.route().open() != open) {
            known.settle(attempt, PublishOutcome.stopped());
        } else if (attempt.send()) {
            send(attempt, publish, open, record);
        }
    }

    private static OutgoingRecord record(PublishAttempt attempt, Publish publish, PublishPolicy policy) {
        attempt.workOn(Thread.currentThread());
        try {
            PublishedJson.check(publish, policy.limits());
            policy.check().check(publish.value());
            OutgoingRecord made = Objects.requireNonNull(policy.mapping().record(publish), "the mapping returned null");
            return withHeaders(made, publish);
        } finally {
            attempt.workOn(null);
            Thread.interrupted(); // by a late end of this call; the next call is another one
        }
    }

    private static OutgoingRecord withHeaders(OutgoingRecord made, Publish publish) {
        return made.without(OWN_HEADERS)
                .with(PublishMapping.MESSAGE_ID, publish.messageId().getBytes(UTF_8))
                .with(PublishMapping.USER, publish.caller().name().getBytes(UTF_8))
                .with(
                        PublishMapping.TIME,
                        Long.toString(publish.time().toEpochMilli()).getBytes(UTF_8));
    }

    private PublishOutcome refusal(Publish publish, Throwable why) {
        if (why instanceof PublishException refused) {
            return PublishOutcome.failed(refused);
        }
        failures.warn("The check or mapping of publishes to channel '" + publish.channel() + "' threw", why);
        return PublishOutcome.internal();
    }

    private void send(PublishAttempt attempt, Publish publish, PublishRoute.Open open, OutgoingRecord record) {
        CompletionStage<RecordPlace> sent;
        try {
            sent = open.connection().send(record);
        } catch (Throwable e) {
            known.settle(attempt, failure(publish, e));
            return;
        }
        sent.whenComplete((place, why) ->
                known.settle(attempt, place == null ? failure(publish, why) : PublishOutcome.stored(place)));
    }

    /** Returns the outcome of a record that was handed to the sink: unless the sink knows better, it may be stored. */
    private PublishOutcome failure(Publish publish, @Nullable Throwable why) {
        Throwable cause =
                why instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : why;
        if (cause instanceof PublishException refused) {
            return PublishOutcome.failed(refused);
        }
        failures.warn("The sink of channel '" + publish.channel() + "' failed in an unforeseen way", cause);
        return PublishOutcome.unknown();
    }
}
