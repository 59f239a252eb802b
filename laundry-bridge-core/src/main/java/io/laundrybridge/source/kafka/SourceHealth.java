package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Combines all reports of trouble with the reading. Confined to the poll thread. */
final class SourceHealth {

    /** Trouble in polling is over if Kafka answers at least this long after it. */
    private static final Duration CALM = Duration.ofMillis(1500);

    /** How long a look at the topic's ends is valid. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(15);

    private final String topic;
    private final BrokerLiveness liveness = new BrokerLiveness();
    private @Nullable StaleCause cluster;
    private @Nullable StaleCause lookup;
    private @Nullable StaleCause polling;
    private @Nullable StaleCause unreadable;
    private final StuckPartitions transactions = new StuckPartitions();
    private final StuckPartitions reading = new StuckPartitions();
    private @Nullable StaleCause stuck;
    private long stuckAt;
    private long troubledAt;
    private int partitions;
    private boolean throttled;

    SourceHealth(String topic) {
        this.topic = topic;
    }

    BrokerLiveness liveness() {
        return liveness;
    }

    void topicMissing() {
        cluster = StaleCause.missing(topic);
    }

    void topicSeen(TopicView seen) {
        liveness.servedBy(seen.leaders());
        partitions = seen.partitions();
        cluster = seen.leaderless() == 0 ? null : StaleCause.leaderless(topic, seen.leaderless(), seen.partitions());
    }

    void lookupFailed(StaleCause cause) {
        lookup = cause;
    }

    void lookupDone() {
        lookup = null;
    }

    void pollingFailed(StaleCause cause, long nanos) {
        polling = cause;
        troubledAt = nanos;
    }

    /** Sets why records that Kafka has cannot be read on this node; null if they can again. */
    void unreadable(@Nullable StaleCause cause) {
        unreadable = cause;
    }

    /** Notes that the topic reaches as far as {@code ends}, and reading as far as {@code place}. */
    void ends(TopicEnds ends, PositionVector place, long nanos) {
        stuckAt = nanos;
        Duration open = transactions.stuck(ends.committed(), ends.written(), nanos);
        Duration behind = reading.stuck(place, ends.committed(), nanos);
        if (behind.compareTo(StuckPartitions.PATIENCE) >= 0) {
            stuck = StaleCause.lagging(topic, behind.toSeconds());
        } else {
            stuck = open.compareTo(StuckPartitions.PATIENCE) < 0
                    ? null
                    : StaleCause.transaction(topic, open.toSeconds());
        }
    }

    /** Forgets measurements: from now on nothing is read, or other partitions. */
    void readingChanged() {
        transactions.clear();
        reading.clear();
        stuck = null;
    }

    /**
     * Notes a poll that gave records of {@code given}.
     *
     * @return whether polling has no trouble any more
     */
    boolean polled(long nanos, IntToDoubleFunction answers, Set<Integer> given) {
        if (liveness.polled(nanos, answers, given) && nanos - troubledAt > CALM.toNanos()) {
            polling = null;
        }
        return polling == null;
    }

    /** Notes whether a quota makes this consumer wait, so that Kafka does not answer. */
    void throttled(boolean nowadays) {
        throttled = nowadays;
    }

    /** Returns whether no broker has answered this consumer for this time, although no quota holds it back. */
    boolean hearsNothingFor(Duration time) {
        return !throttled && liveness.allSilentFor(time);
    }

    /** Returns the cause for handlers that read; null if all is well. */
    @Nullable StaleCause whileReading() {
        if (cluster != null || lookup != null) {
            return whileWaiting();
        }
        if (unreadable != null) {
            return unreadable;
        }
        if (polling != null) {
            return polling;
        }
        Duration silence = liveness.silence();
        StaleCause cause = silence.compareTo(BrokerLiveness.PATIENCE) < 0
                ? whatIsStuck()
                : StaleCause.silent(topic, silence.toSeconds(), liveness.silentPartitions(), partitions);
        boolean byQuota = throttled && cause != null && cause.kind() != StaleCause.Kind.TRANSACTION;
        return byQuota ? StaleCause.throttled(topic) : cause;
    }

    /** Returns what did not move at the last look at the ends; null if that is too long ago. */
    private @Nullable StaleCause whatIsStuck() {
        return liveness.polledAt() - stuckAt > KNOWN_FOR.toNanos() ? null : stuck;
    }

    /** Returns the cause for handlers that wait for their start; null if nothing is known to be wrong. */
    @Nullable StaleCause whileWaiting() {
        if (cluster != null) {
            return cluster;
        }
        return lookup != null ? lookup : polling;
    }
}
