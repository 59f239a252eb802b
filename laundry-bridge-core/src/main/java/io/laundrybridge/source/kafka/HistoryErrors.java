package io.laundrybridge.source.kafka;

import io.laundrybridge.source.HistoryException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** What the failures of Kafka's client mean for a reader of a topic's history. Immutable. */
record HistoryErrors(String topic) {

    /** Kafka, or the bridge's access to it, is not there. */
    HistoryException unavailable(KafkaException cause) {
        return new HistoryException(
                HistoryException.Reason.UNAVAILABLE, StaleCause.of(topic, cause).sentence(), cause);
    }

    /** The records were there and are no more. */
    HistoryException truncated(KafkaException cause) {
        return new HistoryException(
                HistoryException.Reason.TRUNCATED,
                "Topic '" + topic + "' no longer has the records that lay there",
                cause);
    }

    /** Returns the records are whole, but this node cannot read them. */
    HistoryException unreadable(Error error) {
        return new HistoryException(
                HistoryException.Reason.UNAVAILABLE,
                StaleCause.unreadable(topic, error).sentence(),
                error);
    }

    /** Returns the reading thread was interrupted; the exception carries that on. */
    static InterruptedException interrupted(InterruptException cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("while reading again");
        interrupted.initCause(cause);
        return interrupted;
    }
}
