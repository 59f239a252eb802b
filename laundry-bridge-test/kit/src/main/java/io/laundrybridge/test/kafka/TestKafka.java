package io.laundrybridge.test.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka for a test: {@link KafkaFixture} hands out the one that all tests of a JVM share, and
 * {@link KafkaFixture#privateBroker()} starts one of the test's own.
 *
 * <p>Methods may be called from any thread, and fail with {@link IllegalStateException} after a minute.
 */
public interface TestKafka extends AutoCloseable {

    /** Returns what clients need in {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Makes a topic under a name that no other test has; its partitions have leaders. */
    default String newTopic(int partitions) {
        return newTopic(partitions, Map.of());
    }

    /** Returns the same, with settings such as {@code cleanup.policy}. */
    String newTopic(int partitions, Map<String, String> settings);

    /** Writes a record of UTF-8 text, or a deletion if there is no value, and waits until Kafka has it. */
    RecordMetadata produce(String topic, @Nullable String key, @Nullable String value);

    /** Writes any record and waits until Kafka has it. */
    RecordMetadata produce(ProducerRecord<byte[], byte[]> record);

    /** Returns a client for other operations on topics. The fixture closes it. */
    Admin admin();

    /** Begins an outage: no client gets an answer. The data stays. Only for a private broker. */
    void stop();

    /** Ends an outage, at the same address and with the same data. Only for a private broker. */
    void start();

    /** Stops the broker for good and deletes its data. Only for a private broker. */
    @Override
    void close();
}
