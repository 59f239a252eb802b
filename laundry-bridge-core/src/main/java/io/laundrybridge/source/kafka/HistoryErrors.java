package io.laundrybridge.source.kafka;

import io.laundrybridge.source.HistoryException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Translates failures of Kafka's client for a reader of a topic's history. Immutable. */
record HistoryErrors(String topic) {

    /** Kafka cannot be reached, or does not let the bridge read. */
    HistoryException unavailable(KafkaException cause) {
        return new HistoryException(
                HistoryException.Reason.UNAVAILABLE, StaleCause.of(topic, cause).sentence(), cause);
    }

    /** The records existed and are lost. */
    HistoryException truncated(KafkaException cause) {
        return new HistoryException(
                HistoryException.Reason.TRUNCATED, "Topic '" + topic + "' no longer has these records", cause);
    }

    /** The records are whole, but this node cannot read them. */
    HistoryException unreadable(Error error) {
        return new HistoryException(
                HistoryException.Reason.UNAVAILABLE,
                StaleCause.unreadable(topic, error).sentence(),
                error);
    }

    /** The reading thread was interrupted; the exception carries that on. */
    static InterruptedException interrupted(InterruptException cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("during a replay");
        interrupted.initCause(cause);
        return interrupted;
    }
}
