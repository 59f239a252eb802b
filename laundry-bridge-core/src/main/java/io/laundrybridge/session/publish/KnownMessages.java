package io.laundrybridge.session.publish;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.PublishLimits;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.publish.Publish;
import io.laundrybridge.publish.RecordPlace;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages that this node is storing or has stored, so that a repeat is not stored again. Those that were stored
 * are forgotten after a time, the oldest earlier if there are too many. Thread-safe.
 */
final class KnownMessages {
    private final PublishLimits limits;
    private final LongSupplier nanoTime;
    private final Telemetry telemetry;

    // Guarded by this.
    private final Map<MessageKey, PublishAttempt> underWay = new HashMap<>();
    /** The stored messages, the oldest first. */
    private final Map<MessageKey, Stored> stored = new LinkedHashMap<>();

    private record Stored(byte[] fingerprint, RecordPlace place, long at) {}

    KnownMessages(PublishLimits limits, LongSupplier nanoTime, Telemetry telemetry) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.telemetry = telemetry;
    }

    /**
     * Answers {@code request} if its message was stored, or has it wait for the attempt that is under way.
     *
     * @return a new attempt, which the caller has to make; null if there is nothing to do
     */
    @Nullable PublishAttempt claim(PublishRequest request) {
        Publish publish = request.publish();
        MessageKey key = MessageKey.of(publish);
        byte[] fingerprint = Fingerprint.of(publish);
        PublishOutcome known;
        synchronized (this) {
            Stored before = stored.get(key);
            PublishAttempt running = underWay.get(key);
            if (before == null && running == null) {
                return begin(new PublishAttempt(key, fingerprint), request);
            }
            known = outcome(before, running, fingerprint);
            if (known == null && running != null && request.waitFor(running)) {
                running.requests().add(request);
            }
        }
        telemetry.add(Meter.PUBLISHES_REPEATED, publish.channel(), 1);
        if (known != null) {
            request.answer(known);
        }
        return null;
    }

    private @Nullable PublishAttempt begin(PublishAttempt first, PublishRequest request) {
        if (!request.waitFor(first)) {
            return null;
        }
        first.requests().add(request);
        underWay.put(first.key(), first);
        return first;
    }

    /** Returns the outcome that is known already; null if the repeat has to wait. */
    private static @Nullable PublishOutcome outcome(
            @Nullable Stored before, @Nullable PublishAttempt running, byte[] fingerprint) {
        byte[] first = before != null ? before.fingerprint() : running != null ? running.fingerprint() : fingerprint;
        if (!MessageDigest.isEqual(first, fingerprint)) {
            return PublishOutcome.failed(
                    ErrorCode.BAD_REQUEST,
                    "another value was published with the same 'mid'; give each value a 'mid' of its own");
        }
        return before == null ? null : PublishOutcome.stored(before.place());
    }

    /**
     * Ends {@code attempt} and answers all that wait for it. It is remembered if it was stored; otherwise a repeat is a
     * new attempt.
     */
    void settle(PublishAttempt attempt, PublishOutcome outcome) {
        List<PublishRequest> waiting;
        synchronized (this) {
            if (!underWay.remove(attempt.key(), attempt)) {
                return;
            }
            waiting = List.copyOf(attempt.requests());
            if (outcome.place() != null) {
                remember(attempt, outcome.place());
            }
        }
        waiting.forEach(request -> request.answer(outcome));
    }

    private void remember(PublishAttempt attempt, RecordPlace place) {
        telemetry.add(Meter.PUBLISHES, attempt.key().channel(), 1);
        stored.put(attempt.key(), new Stored(attempt.fingerprint(), place, nanoTime.getAsLong()));
        if (stored.size() <= limits.remembered()) {
            telemetry.add(Meter.PUBLISHES_REMEMBERED, "", 1);
        } else {
            stored.remove(stored.keySet().iterator().next());
            telemetry.add(Meter.PUBLISHES_FORGOTTEN, "", 1);
        }
    }

    /** Forgets the messages that were stored long ago. */
    synchronized void expire() {
        long now = nanoTime.getAsLong();
        Iterator<Stored> oldest = stored.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at() >= limits.remember().toNanos()) {
            oldest.remove();
            telemetry.add(Meter.PUBLISHES_REMEMBERED, "", -1);
        }
    }

    /** Returns how many messages are on their way to the sink, whether or not a request still waits for them. */
    synchronized int underWay() {
        return underWay.size();
    }
}
