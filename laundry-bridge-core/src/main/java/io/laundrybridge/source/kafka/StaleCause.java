package io.laundrybridge.source.kafka;

import io.laundrybridge.event.RetriableDecodeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Why reading is behind, as one sentence without addresses. Two causes of one kind are the same news. */
record StaleCause(Kind kind, String sentence) {

    /** What is wrong. */
    enum Kind {
        MISSING,
        DENIED,
        REFUSED,
        LEADERLESS,
        UNREACHABLE,
        SILENT,
        THROTTLED,
        LAGGING,
        TRANSACTION,
        RESTARTING,
        DECODER
    }

    static StaleCause missing(String topic) {
        return new StaleCause(
                Kind.MISSING, "Topic '" + topic + "' does not exist; once it is created, reading begins by itself");
    }

    static StaleCause leaderless(String topic, int leaderless, int partitions) {
        return new StaleCause(
                Kind.LEADERLESS,
                leaderless + " of " + partitions + " partitions of topic '" + topic
                        + "' have no leader; reading goes on when their brokers are back");
    }

    static StaleCause silent(String topic, long seconds, int silent, int partitions) {
        String which = silent == partitions
                ? ""
                : " about " + silent + " of " + partitions + " partitions of topic '" + topic + "'";
        return new StaleCause(Kind.SILENT, "Kafka has not answered for " + seconds + " s" + which);
    }

    static StaleCause lagging(String topic, long seconds) {
        return new StaleCause(
                Kind.LAGGING, "Topic '" + topic + "' has records that Kafka has not sent for " + seconds + " s");
    }

    static StaleCause throttled(String topic) {
        return new StaleCause(
                Kind.THROTTLED,
                "Kafka holds back topic '" + topic + "' because the bridge has used up its quota; raise it, or wait");
    }

    static StaleCause transaction(String topic, long seconds) {
        return new StaleCause(
                Kind.TRANSACTION,
                "A transaction in topic '" + topic + "' has been open for " + seconds
                        + " s; what was written after it waits until it ends");
    }

    static StaleCause restarting() {
        return new StaleCause(Kind.RESTARTING, "Reading from Kafka failed; it is being started again");
    }

    /** A decoder says why it cannot go on. */
    static StaleCause decoder(RetriableDecodeException why) {
        return new StaleCause(Kind.DECODER, String.valueOf(why.getMessage()));
    }

    /** The cause that {@code failure} of a client speaks of. */
    static StaleCause of(String topic, Throwable failure) {
        if (failure instanceof AuthorizationException) {
            return new StaleCause(
                    Kind.DENIED,
                    "Kafka does not let the bridge read topic '" + topic + "'; grant its user READ on the topic");
        }
        if (failure instanceof SslAuthenticationException) {
            return new StaleCause(
                    Kind.REFUSED,
                    "The bridge and Kafka do not trust each other's TLS certificates; check their dates and names");
        }
        if (failure instanceof AuthenticationException) {
            return new StaleCause(Kind.REFUSED, "Kafka refused the credentials of the bridge");
        }
        return new StaleCause(Kind.UNREACHABLE, "Kafka does not answer");
    }
}
