package io.laundrybridge.example.database.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes and the place in the database up to which they go, in one transaction of Kafka. So a capture that
 * starts again continues exactly behind the last change that readers can see. Not thread-safe but for {@link #places}.
 */
final class ChangeTransaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeTransaction.class);
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);
    private static final int PARTITIONS = 3;

    /** Brokers end a transaction after 15 minutes; rows of a longer snapshot become visible before its end. */
    private static final Duration LONGEST_SNAPSHOT = Duration.ofMinutes(10);

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    private final Map<String, Object> kafka;
    private final String placesTopic;
    private final KafkaProducer<byte @Nullable [], byte @Nullable []> producer;
    private final Map<ByteBuffer, ByteBuffer> places;
    private final Set<String> topics = new HashSet<>();
    private final Map<ByteBuffer, ByteBuffer> pending = new HashMap<>();
    private boolean open;
    private boolean copying;
    private long openSince;

    private ChangeTransaction(
            Map<String, Object> kafka,
            String placesTopic,
            KafkaProducer<byte @Nullable [], byte @Nullable []> producer,
            Map<ByteBuffer, ByteBuffer> places) {
        this.kafka = kafka;
        this.placesTopic = placesTopic;
        this.producer = producer;
        this.places = places;
    }

    /**
     * Ends what an earlier capture left open, and reads the places that it stored.
     *
     * @param name the capture's name; of two captures of one name the later one wins
     */
    static ChangeTransaction begin(String name, Map<String, Object> kafka) {
        String placesTopic = name + ".capture-places";
        Topics.compacted(placesTopic, 1, kafka);
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name + "-capture");
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(LONGEST_TRANSACTION.toMillis()));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_RECORD);
        // A transaction's first batch of a partition must arrive before the next one, or the broker asks for it again.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        KafkaProducer<byte @Nullable [], byte @Nullable []> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new ChangeTransaction(kafka, placesTopic, producer, stored(placesTopic, kafka));
        } catch (RuntimeException | Error e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Returns the stored places. The map is shared, and written by {@link #commit} only. */
    Map<ByteBuffer, ByteBuffer> places() {
        return places;
    }

    /** Returns whether changes can be read from the stored places on, for the rows before them were copied. */
    boolean hasSnapshot() {
        return !places.isEmpty() && places.values().stream().noneMatch(ChangeTransaction::isAmidASnapshot);
    }

    /** Sends one change. It is seen once {@link #commit} has returned. */
    void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        begin();
        if (topics.add(topic)) {
            Topics.compacted(topic, PARTITIONS, kafka);
        }
        byte[] sent = value;
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        if (value != null && size > Topics.LARGEST_RECORD - 1_024) {
            LOG.error(
                    "A row of topic '{}' has {} bytes, and Kafka takes {}; a note is sent in its place",
                    topic,
                    size,
                    Topics.LARGEST_RECORD);
            sent = ("{\"too_large\":" + size + "}").getBytes(StandardCharsets.US_ASCII);
        }
        write(topic, key, sent);
    }

    /**
     * Stores {@code moved} places, and makes all that was sent visible. A snapshot becomes visible as a whole: one that
     * is interrupted begins anew, and its rows would come twice.
     */
    void commit(Map<ByteBuffer, ByteBuffer> moved) {
        begin();
        moved.forEach((key, value) -> write(placesTopic, bytes(key), bytes(value)));
        pending.putAll(moved);
        copying = moved.values().stream().anyMatch(ChangeTransaction::isAmidASnapshot);
        commitRest();
    }

    /** Makes what was sent visible, unless a snapshot goes on. */
    void commitRest() {
        if (open && (!copying || System.nanoTime() - openSince > LONGEST_SNAPSHOT.toNanos())) {
            producer.commitTransaction();
            open = false;
            places.putAll(pending);
            pending.clear();
        }
    }

    private static boolean isAmidASnapshot(ByteBuffer place) {
        return new String(bytes(place), StandardCharsets.UTF_8).contains("\"snapshot_completed\":false");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send has failed
    private void write(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
            openSince = System.nanoTime();
        }
    }

    /** Forgets the stored places, so that the next capture begins with a snapshot. */
    void forget() {
        begin();
        Map<ByteBuffer, ByteBuffer> stored = Map.copyOf(places);
        stored.keySet().forEach(key -> write(placesTopic, bytes(key), null));
        producer.commitTransaction();
        open = false;
        places.clear();
    }

    /** Drops what was not committed. */
    @Override
    public void close() {
        producer.close(open ? Duration.ZERO : LAST_SENDS);
    }

    private static Map<ByteBuffer, ByteBuffer> stored(String topic, Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        Map<ByteBuffer, ByteBuffer> stored = new ConcurrentHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            while (consumer.position(only) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    ByteBuffer key = ByteBuffer.wrap(record.key());
                    if (record.value() == null) {
                        stored.remove(key);
                    } else {
                        stored.put(key, ByteBuffer.wrap(record.value()));
                    }
                }
            }
        }
        return stored;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        return Arrays.copyOfRange(
                buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.arrayOffset() + buffer.limit());
    }
}
