package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The transactional producer of dead letters. All nodes share one transactional id, so only the node that opened its
 * producer last can commit. Confined to one thread.
 */
final class DeadLetterProducer {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private final InstantSource clock;
    private @Nullable Producer<byte[], byte[]> kafka;

    DeadLetterProducer(KafkaSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns whether this node is the writer, as far as it knows. */
    boolean isOpen() {
        return kafka != null;
    }

    /** Opens the producer. From now on no other node commits, and everything that others committed can be read. */
    void open() {
        Producer<byte[], byte[]> opened = new KafkaProducer<>(
                settings.deadLetterProducer(), new ByteArraySerializer(), new ByteArraySerializer());
        kafka = opened;
        try {
            opened.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /**
     * Writes {@code letters} in one transaction. Closes the producer if that fails.
     *
     * @return the letters that Kafka will never take, with the reason; if there are any, none of the others is written
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit reports it
    Map<DeadLetter, Exception> write(List<DeadLetter> letters) {
        Producer<byte[], byte[]> opened = Objects.requireNonNull(kafka, "call open() first");
        Map<DeadLetter, Exception> refused = new ConcurrentHashMap<>();
        long now = clock.millis();
        try {
            opened.beginTransaction();
            for (DeadLetter letter : letters) {
                opened.send(letter.to(settings.deadLetterTopic(), now), (stored, failure) -> {
                    if (failure instanceof RecordTooLargeException || failure instanceof InvalidTimestampException) {
                        refused.put(letter, failure);
                    }
                });
            }
            opened.commitTransaction();
            return Map.of();
        } catch (KafkaException e) {
            close();
            if (refused.isEmpty()) {
                throw e;
            }
            return refused;
        }
    }

    void close() {
        Producer<byte[], byte[]> opened = kafka;
        kafka = null;
        if (opened != null) {
            opened.close(CLOSE_TIMEOUT);
        }
    }
}
