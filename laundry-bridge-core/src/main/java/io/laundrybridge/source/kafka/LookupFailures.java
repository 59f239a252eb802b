package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of looking one topic up, from the first until the next answer. Decides what they mean, and when to log
 * one. Confined to the watcher's thread.
 */
final class LookupFailures {

    /** The time between two look-ups of a topic. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LookupFailures.class);

    /** Trouble that shows that Kafka answers. */
    private static final Set<StaleCause.Kind> ANSWERS = EnumSet.of(StaleCause.Kind.MISSING, StaleCause.Kind.DENIED);

    private final String topic;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    private boolean failing;
    private StaleCause.@Nullable Kind logged;

    LookupFailures(String topic) {
        this.topic = topic;
    }

    /** Returns what {@code failure} means. If Kafka's client reports only a timeout, its connections may show more. */
    static StaleCause cause(String topic, Throwable failure, @Nullable ClusterLookup client) {
        StaleCause cause = failure instanceof UnknownTopicOrPartitionException
                ? StaleCause.missing(topic)
                : StaleCause.of(topic, failure);
        if (client == null || cause.kind() != StaleCause.Kind.UNREACHABLE) {
            return cause;
        }
        return client.unanswered().orElse(cause);
    }

    /** Returns whether {@code failure} is what Kafka says about a topic. */
    static boolean isAnswer(Throwable failure) {
        return ANSWERS.contains(cause("", failure, null).kind());
    }

    /**
     * Counts a failure. Logs for operators what pages must not see: names, addresses, Kafka's own words. Once per kind
     * of cause; {@link ClusterFailures} logs once for all topics what is {@code ofCluster}.
     */
    void failed(StaleCause cause, Throwable failure, boolean ofCluster) {
        failing = true;
        if (!ofCluster && cause.kind() != logged) {
            logged = cause.kind();
            LOG.warn("{} (topic '{}'; {})", cause.sentence(), topic, ClientErrors.inWords(failure));
        }
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
    }
}
