package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of looking a topic up, from the first to the next answer: what they mean, when the log is told, and
 * when a new client is worth a try. Confined to the watcher's thread.
 */
final class LookupFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LookupFailures.class);

    private final String topic;
    private final LongSupplier nanoTime;
    private final BootstrapProbe probe;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    private boolean failing;
    private long failingSince;
    private StaleCause.@Nullable Kind logged;

    LookupFailures(KafkaSettings settings, LongSupplier nanoTime) {
        this.topic = settings.topic();
        this.nanoTime = nanoTime;
        this.probe = new BootstrapProbe(settings.bootstrapServers());
    }

    /**
     * Returns what {@code failure} means. If Kafka's client says only that no answer came, its connections may tell
     * more.
     */
    StaleCause cause(Throwable failure, @Nullable TopicLookup client) {
        StaleCause cause = failure instanceof UnknownTopicOrPartitionException
                ? StaleCause.missing(topic)
                : StaleCause.of(topic, failure);
        if (client == null || cause.kind() != StaleCause.Kind.UNREACHABLE) {
            return cause;
        }
        return client.unanswered().orElse(cause);
    }

    /** Says for operators what pages are not told: names, addresses, Kafka's own words. Once per kind of cause. */
    void logOnce(StaleCause cause, Throwable failure) {
        if (cause.kind() != logged) {
            logged = cause.kind();
            LOG.warn("{} (topic '{}'; {})", cause.sentence(), topic, ClientErrors.inWords(failure));
        }
    }

    /** A look-up failed; whether to make a new client, as one that knows only brokers that are gone finds no others. */
    boolean wantNewClient() {
        long now = nanoTime.getAsLong();
        if (!failing) {
            failing = true;
            failingSince = now;
            return false;
        }
        if (probe.wantsNewClient(Duration.ofNanos(now - failingSince))) {
            failingSince = now;
            return true;
        }
        return false;
    }

    /** Returns whether the last look-up failed. */
    boolean areGoingOn() {
        return failing;
    }

    /** Returns the pause before the same question is asked again; it grows with each failure. */
    Duration nextPause() {
        return backoff.next();
    }

    /** A look-up succeeded. */
    void over() {
        if (logged != null) {
            LOG.info("Kafka answers about topic '{}'", topic);
        }
        logged = null;
        failing = false;
        backoff.reset();
        probe.reset();
    }
}
