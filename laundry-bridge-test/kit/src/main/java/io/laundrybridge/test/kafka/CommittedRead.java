package io.laundrybridge.test.kafka;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.DeliveryJudge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the records of Kafka by its own plain consumer: the second opinion that a {@link DeliveryJudge} needs. */
public final class CommittedRead {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CommittedRead() {}

    /** Returns all committed records of {@code topic}, in offset order within each partition. */
    public static List<CommittedRecord> of(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readToEnd(consumer, consumer.endOffsets(partitions));
        }
    }

    private static List<CommittedRecord> readToEnd(
            KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> ends) {
        List<CommittedRecord> all = new ArrayList<>();
        Await.until("a committed read of " + ends, PATIENCE, () -> {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                all.add(new CommittedRecord(record.partition(), record.offset(), record.key(), record.value()));
            }
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return all;
    }
}
