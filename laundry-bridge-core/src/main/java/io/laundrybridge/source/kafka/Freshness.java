package io.laundrybridge.source.kafka;

import java.time.Duration;

/**
 * Tells from the number of answered fetches whether Kafka is there. Kafka's own client says nothing when brokers are
 * gone: its polls are merely empty. Confined to the poll thread.
 */
final class Freshness {

    /** So long may Kafka stay silent before the handlers are told. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A longer pause between two polls means that the loop was busy, not that Kafka was silent. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);

    private double fetches;
    private long quietSince;
    private long polledAt;

    /** A new consumer starts to fetch now. */
    void begin(long nanos) {
        fetches = 0;
        quietSince = nanos;
        polledAt = nanos;
    }

    /**
     * The state after a poll: {@code answered} counts the fetches that were answered since the consumer began.
     *
     * @return whether Kafka has answered since the poll before
     */
    boolean polled(long nanos, double answered, boolean withRecords) {
        boolean there = answered > fetches || withRecords;
        if (there) {
            quietSince = nanos;
        } else if (nanos - polledAt > LONGEST_POLL.toNanos()) {
            quietSince += nanos - polledAt;
        }
        fetches = answered;
        polledAt = nanos;
        return there;
    }

    /** When the last poll was. */
    long polledAt() {
        return polledAt;
    }

    /** For how long Kafka had been silent at the last poll. */
    Duration silence() {
        return Duration.ofNanos(polledAt - quietSince);
    }
}
