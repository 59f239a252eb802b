package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer of the partitions of a topic that are read again. A partition that goes on where it stopped is not
 * sought, so that records fetched ahead are used. Confined to the reading thread.
 */
final class HistoryConsumer {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final Consumer<byte[], byte[]> kafka;
    private final SeenEpochs epochs;
    private final Map<Integer, Long> places = new HashMap<>();
    private Set<TopicPartition> assigned = Set.of();

    HistoryConsumer(String topic, Map<String, Object> properties, SeenEpochs epochs) {
        this.topic = topic;
        this.epochs = epochs;
        this.kafka = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Seeks the places of {@code range} in its unfinished partitions. Kafka checks only the leader epochs that this
     * node has seen itself; clients may have made up the others.
     */
    void readFrom(HistoryRange range) {
        assign(range);
        for (int p = 0; p < range.partitions(); p++) {
            Long place = places.get(p);
            if (range.wants(p) && (place == null || place != range.next(p))) {
                int epoch = epochs.known(p, range.epoch(p));
                Optional<Integer> leader = epoch == PositionVector.NO_EPOCH ? Optional.empty() : Optional.of(epoch);
                kafka.seek(partition(p), new OffsetAndMetadata(range.next(p), leader, ""));
                places.put(p, range.next(p));
            }
        }
    }

    void poll(Duration longest, HistoryRange range) {
        ConsumerRecords<byte[], byte[]> batch = kafka.poll(longest);
        batch.nextOffsets().forEach((partition, next) -> places.put(partition.partition(), next.offset()));
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            range.take(KafkaRecords.sourceRecord(record));
        }
        batch.nextOffsets()
                .forEach((partition, next) -> range.passed(
                        partition.partition(), next.offset(), next.leaderEpoch().orElse(PositionVector.NO_EPOCH)));
        assign(range);
    }

    /**
     * Returns the first record of each partition stamped at or after {@code timestamp}, or {@code otherwise}. Waits for
     * Kafka, at most five seconds. Kafka finds no record that is not committed yet.
     */
    PositionVector firstSince(long timestamp, PositionVector otherwise) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        for (int p = 0; p < otherwise.partitions(); p++) {
            asked.put(partition(p), timestamp);
        }
        Map<TopicPartition, OffsetAndTimestamp> found = kafka.offsetsForTimes(asked, ANSWER_TIMEOUT);
        long[] place = new long[otherwise.partitions()];
        for (int p = 0; p < place.length; p++) {
            OffsetAndTimestamp first = found.get(partition(p));
            place[p] = first == null ? otherwise.next(p) : first.offset();
        }
        return PositionVector.of(place);
    }

    /** Returns where each partition of the topic begins now. Waits for Kafka, at most ten seconds. */
    PositionVector beginning() {
        List<TopicPartition> all = new ArrayList<>();
        kafka.partitionsFor(topic, ANSWER_TIMEOUT).forEach(each -> all.add(partition(each.partition())));
        PositionVector place = PositionVector.ORIGIN;
        for (var first : beginnings(all).entrySet()) {
            place = place.with(first.getKey().partition(), first.getValue(), PositionVector.NO_EPOCH);
        }
        return place;
    }

    /** Returns where these partitions begin now. Waits for Kafka, at most five seconds. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return kafka.beginningOffsets(partitions, ANSWER_TIMEOUT);
    }

    /**
     * Forgets the place in {@code partition}, which cannot be read on from. The next {@link #readFrom} always seeks
     * there.
     */
    void lose(int partition) {
        places.remove(partition);
    }

    /**
     * Closes the consumer, in at most a second. Kafka's client logs errors if an interrupted thread closes it, so the
     * interrupt waits.
     */
    void close() {
        boolean interrupted = Thread.interrupted();
        try {
            kafka.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void assign(HistoryRange range) {
        List<TopicPartition> wanted = new ArrayList<>();
        for (int p = 0; p < range.partitions(); p++) {
            if (range.wants(p)) {
                wanted.add(partition(p));
            }
        }
        Set<TopicPartition> now = Set.copyOf(wanted);
        if (!now.equals(assigned)) {
            kafka.assign(wanted);
            assigned = now;
            places.keySet().removeIf(p -> !now.contains(partition(p)));
        }
    }

    private TopicPartition partition(int partition) {
        return new TopicPartition(topic, partition);
    }
}
