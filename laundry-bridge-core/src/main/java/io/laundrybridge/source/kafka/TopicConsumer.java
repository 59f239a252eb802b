package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer of all partitions of one topic, with its place in each. Only {@link #poll} waits for Kafka. Confined
 * to the poll thread, except {@link #wakeup}.
 */
final class TopicConsumer implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final Consumer<byte[], byte[]> kafka;
    private final ConsumerMetrics metrics;

    private final Map<Integer, Long> places = new HashMap<>();

    /**
     * Makes a consumer. If {@code isCareful}, a poll gives one record, or fails because of the next record of one
     * partition.
     */
    TopicConsumer(KafkaSettings settings, boolean isCareful) {
        topic = settings.topic();
        kafka = new KafkaConsumer<>(
                isCareful ? settings.carefulConsumer() : settings.consumer(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        metrics = new ConsumerMetrics(kafka, settings);
    }

    /**
     * Reads every partition from {@code from}, except those in {@code leftOut}. Partitions that are already at their
     * place go on undisturbed.
     */
    void readFrom(PositionVector from, Set<Integer> leftOut) {
        Set<TopicPartition> wanted = IntStream.range(0, from.partitions())
                .filter(p -> !leftOut.contains(p))
                .mapToObj(this::partition)
                .collect(Collectors.toSet());
        if (!kafka.assignment().equals(wanted)) {
            kafka.assign(wanted);
            places.keySet().removeAll(leftOut);
        }
        for (int p = 0; p < from.partitions(); p++) {
            Long place = places.get(p);
            if (leftOut.contains(p)) {
                continue;
            }
            if (place == null || place != from.next(p)) {
                seek(p, from.next(p), from.epoch(p));
            }
        }
    }

    private void seek(int partition, long next, int epoch) {
        Optional<Integer> leader = epoch == PositionVector.NO_EPOCH ? Optional.empty() : Optional.of(epoch);
        kafka.seek(partition(partition), new OffsetAndMetadata(next, leader, ""));
        places.put(partition, next);
    }

    /** Returns whether every partition is left out. */
    boolean readsNothing() {
        return kafka.assignment().isEmpty();
    }

    /** Returns the records that have come. Moves the places, also past holes. */
    ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        ConsumerRecords<byte[], byte[]> batch = kafka.poll(longest);
        batch.nextOffsets().forEach((partition, next) -> places.put(partition.partition(), next.offset()));
        return batch;
    }

    /** Returns the next offset to read in {@code partition}. */
    long place(int partition) {
        return places.getOrDefault(partition, 0L);
    }

    /** Returns the next offsets to read in the first {@code partitions}. */
    PositionVector places(int partitions) {
        return PositionVector.of(
                IntStream.range(0, partitions).mapToLong(this::place).toArray());
    }

    /**
     * Forgets the place in {@code partition}, which cannot be read on from. The next {@link #readFrom} always seeks
     * there.
     */
    void lose(int partition) {
        places.remove(partition);
    }

    /** Returns how many requests of this consumer {@code broker} has answered. */
    double answers(int broker) {
        return metrics.answers(broker);
    }

    /** Returns whether a quota has made this consumer wait within the last minute. */
    boolean isThrottled() {
        return metrics.isThrottled();
    }

    /** Ends the current poll, or else the next, with {@code WakeupException}. Any thread. */
    void wakeup() {
        kafka.wakeup();
    }

    @Override
    public void close() {
        kafka.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }

    private TopicPartition partition(int partition) {
        return new TopicPartition(topic, partition);
    }
}
