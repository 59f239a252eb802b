package io.laundrybridge.example.database.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learns where events of the outbox are in Kafka, by reading their topic from its end. It remembers nothing but the
 * events that a handler waits for. Thread-safe.
 */
public final class OutboxReceipts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxReceipts.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, CompletableFuture<String>> expected = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Thread thread;
    private volatile boolean closed;

    /** The receipt of one event. */
    interface Receipt extends AutoCloseable {
        /** Returns the event's place as {@code PARTITION@OFFSET}; null if it is not known in time. */
        @Nullable String await(Duration patience) throws InterruptedException;

        /** Forgets the event. */
        @Override
        void close();
    }

    /**
     * Reads {@code topic} from its end on.
     *
     * @param topic it has to be there
     * @param kafka properties of Kafka's clients, at least {@code bootstrap.servers}
     */
    public OutboxReceipts(String topic, Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::run, "outbox-receipts");
        thread.setDaemon(true);
        thread.start();
    }

    /** Expects the event {@code id}; called before its transaction begins, so that it cannot be missed. */
    Receipt expect(UUID id) {
        CompletableFuture<String> place = new CompletableFuture<>();
        expected.put(id.toString(), place);
        return new Receipt() {
            @Override
            public @Nullable String await(Duration patience) throws InterruptedException {
                try {
                    return place.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException | ExecutionException e) {
                    return null;
                }
            }

            @Override
            public void close() {
                expected.remove(id.toString());
            }
        };
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(POLL)) {
                    complete(record);
                }
            }
        } catch (KafkaException e) {
            LOG.warn("Receipts of the outbox ended: answers come without a place from now on", e);
        }
    }

    private void complete(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        CompletableFuture<String> waiting = expected.get(id(record.value()));
        if (waiting != null) {
            waiting.complete(record.partition() + "@" + record.offset());
        }
    }

    private static String id(byte @Nullable [] value) {
        try {
            return value == null
                    ? ""
                    : JsonMapper.shared().readTree(value).path("id").asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    /** Ends the reading; waits at most 5 seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
