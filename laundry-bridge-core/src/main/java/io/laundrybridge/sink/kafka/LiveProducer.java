package io.laundrybridge.sink.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One idempotent producer, and what its metrics tell of the records that it was given. Confined to the send loop,
 * except {@link #trace}.
 */
final class LiveProducer {
    private static final String GROUP = "producer-metrics";

    private final Producer<byte[], byte[]> kafka;
    private final @Nullable Metric sent;
    private final @Nullable Metric closed;
    private final @Nullable Metric open;

    /**
     * What the producer had done at one time.
     *
     * @param sent how many records it had put into requests, repeats included; -1 if unknown
     * @param closed how many of its connections had been closed; -1 if unknown
     */
    record Trace(double sent, double closed) {

        /** Returns whether no record at all was sent between this and {@code later}. */
        boolean nothingSentUntil(Trace later) {
            return sent >= 0 && later.sent == sent;
        }

        /** Returns whether each request between this and {@code later} was answered, or still waits. */
        boolean noAnswerLostUntil(Trace later) {
            return closed >= 0 && later.closed == closed;
        }
    }

    private LiveProducer(Producer<byte[], byte[]> kafka) {
        this.kafka = kafka;
        this.sent = metric("record-send-total");
        this.closed = metric("connection-close-total");
        this.open = metric("connection-count");
    }

    /**
     * Makes a producer.
     *
     * @throws org.apache.kafka.common.KafkaException if none can be made of the properties at present
     */
    static LiveProducer of(Map<String, Object> properties) {
        return new LiveProducer(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private @Nullable Metric metric(String name) {
        for (Metric metric : kafka.metrics().values()) {
            if (metric.metricName().name().equals(name)
                    && metric.metricName().group().equals(GROUP)) {
                return metric;
            }
        }
        return null;
    }

    /** Returns what the producer has done so far. Any thread. */
    Trace trace() {
        return new Trace(number(sent), number(closed));
    }

    /** Returns whether the producer has no connection. */
    boolean isAlone() {
        return number(open) == 0;
    }

    private static double number(@Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Number number ? number.doubleValue() : -1;
    }

    /** Finds the partitions of {@code topic}, within half a second. Throws if Kafka does not name them. */
    void lookFor(String topic) {
        kafka.partitionsFor(topic);
    }

    /** Sends a record. {@code whenKnown} gets its place or the failure, on this thread if nothing was sent. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback reports it
    void send(PendingSend send, BiConsumer<RecordMetadata, @Nullable Exception> whenKnown) {
        kafka.send(send.record(), whenKnown::accept);
    }

    /** Ends the producer at once; what it holds fails. */
    void close() {
        kafka.close(Duration.ZERO);
    }
}
