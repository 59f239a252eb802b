package io.laundrybridge.source.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one poll gave of one topic: records, and the place behind them. Confined to the poll thread. */
final class TopicBatch {
    private final String topic;
    private final ConsumerRecords<byte[], byte[]> batch;
    private final List<TopicPartition> given = new ArrayList<>();
    private final List<TopicPartition> passed = new ArrayList<>();

    private TopicBatch(String topic, ConsumerRecords<byte[], byte[]> batch) {
        this.topic = topic;
        this.batch = batch;
    }

    /** Takes a place behind records, or behind a hole. */
    interface PlaceHandler {
        void passed(int partition, OffsetAndMetadata next);
    }

    /** Returns what {@code batch} has of each topic. */
    static Collection<TopicBatch> split(ConsumerRecords<byte[], byte[]> batch) {
        Map<String, TopicBatch> topics = new LinkedHashMap<>();
        batch.partitions().forEach(each -> of(topics, each.topic(), batch).given.add(each));
        batch.nextOffsets()
                .keySet()
                .forEach(each -> of(topics, each.topic(), batch).passed.add(each));
        return topics.values();
    }

    private static TopicBatch of(Map<String, TopicBatch> topics, String topic, ConsumerRecords<byte[], byte[]> batch) {
        return topics.computeIfAbsent(topic, name -> new TopicBatch(name, batch));
    }

    String topic() {
        return topic;
    }

    /** Returns the partitions that gave records. */
    Set<Integer> given() {
        return given.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    void forEachRecord(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        given.forEach(each -> batch.records(each).forEach(action));
    }

    void forEachPlace(PlaceHandler action) {
        Map<TopicPartition, OffsetAndMetadata> next = batch.nextOffsets();
        for (TopicPartition each : passed) {
            OffsetAndMetadata place = next.get(each);
            if (place != null) {
                action.passed(each.partition(), place);
            }
        }
    }
}
