package io.laundrybridge.sink.kafka;

import io.laundrybridge.kafka.ClientErrors;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Decides what the failure of a record means: for its client, for operators and for the producer. */
final class SendFailures {
    private static final String NOT_NOW = "Nothing was stored, because Kafka does not take it at present; try again";

    private SendFailures() {}

    /** How sure it is that a record was not stored. */
    enum Evidence {
        /** It was never sent. */
        NOT_SENT,
        /** Kafka answered each request that had it. */
        ANSWERED,
        /** It may be stored. */
        NONE
    }

    /**
     * What a failure means.
     *
     * @param failure the client's answer
     * @param forClients its sentence
     * @param forOperators what is wrong, without the names of servers
     * @param breaks whether the producer cannot be used any more
     */
    record Verdict(Failure failure, String forClients, String forOperators, boolean breaks) {
        PublishException toException() {
            return new PublishException(failure, forClients);
        }

        /** Returns whether Kafka is at fault rather than the record. */
        boolean isTrouble() {
            return failure == Failure.UNAVAILABLE || failure == Failure.OUTCOME_UNKNOWN || failure == Failure.BUSY;
        }
    }

    /** Returns the meaning of {@code cause} for a record to {@code topic}. */
    static Verdict judge(String topic, Throwable cause, Evidence evidence) {
        if (cause instanceof RecordTooLargeException) {
            return ofRecord(Failure.TOO_LARGE, "The value is larger than Kafka takes", cause);
        }
        if (isOfBatch(cause) || cause instanceof InvalidTimestampException) {
            return ofRecord(Failure.REFUSED, "Kafka refused the record; this channel may need a key", cause);
        }
        if (cause instanceof BufferExhaustedException) {
            return new Verdict(Failure.BUSY, busy(), "Kafka takes records more slowly than they come", false);
        }
        String wrong = inWords(topic, cause);
        boolean breaks = breaks(cause);
        if (evidence == Evidence.NOT_SENT || (evidence == Evidence.ANSWERED && isAnswer(cause))) {
            return new Verdict(Failure.UNAVAILABLE, NOT_NOW, wrong, breaks);
        }
        return new Verdict(Failure.OUTCOME_UNKNOWN, unknown(), wrong, breaks);
    }

    /** Returns whether Kafka stored nothing of a batch, because of this record or another one in it. */
    static boolean isOfBatch(Throwable cause) {
        return cause instanceof InvalidRecordException || ClientErrors.says(cause, "it was part of a batch");
    }

    private static Verdict ofRecord(Failure failure, String sentence, Throwable cause) {
        return new Verdict(failure, sentence, ClientErrors.inWords(cause), false);
    }

    static String busy() {
        return "Nothing was stored, because too many records wait for Kafka; try again";
    }

    static String unknown() {
        return "It is not known whether it was stored; repeat it with the same mid";
    }

    static String notNow() {
        return NOT_NOW;
    }

    /** Returns whether a broker said that it has not stored the record. */
    private static boolean isAnswer(Throwable cause) {
        return cause instanceof ApiException
                && !(cause instanceof TimeoutException)
                && !(cause instanceof NetworkException)
                && !(cause instanceof AuthenticationException)
                && !(cause instanceof NotEnoughReplicasAfterAppendException);
    }

    /** Returns whether the producer is of no more use. Its sequence of records may be broken, or its login. */
    private static boolean breaks(Throwable cause) {
        boolean goesOn = cause instanceof RetriableException
                || cause instanceof TopicAuthorizationException
                || cause instanceof InvalidTopicException
                || cause instanceof OutOfOrderSequenceException;
        return !goesOn && (cause instanceof KafkaException || cause instanceof IllegalStateException);
    }

    private static String inWords(String topic, Throwable cause) {
        if (cause instanceof AuthenticationException) {
            return "Kafka refused the credentials of the bridge";
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka does not let the bridge write; grant its user WRITE and DESCRIBE on the topic '" + topic
                    + "'";
        }
        if (names(cause, UnknownTopicOrPartitionException.class) || cause instanceof InvalidTopicException) {
            return "the topic '" + topic + "' does not exist; create it";
        }
        if (cause instanceof NotEnoughReplicasException || cause instanceof NotEnoughReplicasAfterAppendException) {
            return "the topic '" + topic + "' has fewer replicas in sync than min.insync.replicas";
        }
        if (cause instanceof KafkaStorageException) {
            return "a broker cannot write to its disk";
        }
        if (cause instanceof TimeoutException || cause instanceof NetworkException) {
            return "Kafka does not answer, or has no leader for the topic '" + topic + "'";
        }
        if (cause instanceof OutOfOrderSequenceException) {
            return "Kafka missed an earlier record of this producer";
        }
        return breaks(cause) ? "Kafka's producer failed and is made anew" : "Kafka's producer cannot send the record";
    }

    private static boolean names(Throwable failure, Class<? extends Throwable> type) {
        return ClientErrors.causes(failure).anyMatch(type::isInstance);
    }
}
