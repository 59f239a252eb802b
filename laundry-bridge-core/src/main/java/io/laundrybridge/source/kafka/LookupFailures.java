package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of looking a topic up, from the first until the next answer. Decides what they mean, when to log one,
 * and when to try a new client. Confined to the watcher's thread.
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

    /** Returns what {@code failure} means. If Kafka's client reports only a timeout, its connections may show more. */
    StaleCause cause(Throwable failure, @Nullable TopicLookup client) {
        StaleCause cause = failure instanceof UnknownTopicOrPartitionException
                ? StaleCause.missing(topic)
                : StaleCause.of(topic, failure);
        if (client == null || cause.kind() != StaleCause.Kind.UNREACHABLE) {
            return cause;
        }
        return client.unanswered().orElse(cause);
    }

    /** Logs for operators what pages must not see: names, addresses, Kafka's own words. Once per kind of cause. */
    void logOnce(StaleCause cause, Throwable failure) {
        if (cause.kind() != logged) {
            logged = cause.kind();
            LOG.warn("{} (topic '{}'; {})", cause.sentence(), topic, ClientErrors.inWords(failure));
        }
    }

    /**
     * Counts a failed look-up.
     *
     * @return whether to make a new client, because one that only knows brokers that are gone finds no others
     */
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

    /** Forgets the failures after a successful look-up. */
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
