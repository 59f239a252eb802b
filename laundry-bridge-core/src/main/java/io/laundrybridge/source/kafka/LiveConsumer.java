package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer of chosen partitions of any number of topics, with its place in each. Only {@link #poll} waits for
 * Kafka. Confined to the poll thread, except {@link #wakeup}.
 */
final class LiveConsumer implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> kafka;
    private final ConsumerMetrics metrics;

    private final Map<TopicPartition, Long> places = new HashMap<>();
    private final Map<String, Set<TopicPartition>> wanted = new HashMap<>();
    private final Map<String, Uuid> lives = new HashMap<>();
    private boolean changed;

    /**
     * Makes a consumer that reads nothing yet.
     *
     * @param properties the properties of Kafka's consumer
     * @param readsFollowers whether records may come from a replica other than the leader
     */
    LiveConsumer(Map<String, Object> properties, boolean readsFollowers) {
        kafka = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        metrics = new ConsumerMetrics(kafka, properties, readsFollowers);
    }

    /**
     * Returns whether {@code topic} is another than the one that this consumer has read under its name. Kafka's client
     * may have kept leader epochs of the former topic, so it must not read the new one.
     */
    boolean knowsAnother(String topic, Uuid id) {
        return !id.equals(lives.computeIfAbsent(topic, first -> id));
    }

    /** Wants these partitions of {@code topic} read, and no others of it; {@link #assign} begins with that. */
    void want(String topic, Set<Integer> partitions) {
        Set<TopicPartition> chosen =
                partitions.stream().map(p -> new TopicPartition(topic, p)).collect(Collectors.toSet());
        Set<TopicPartition> before = chosen.isEmpty() ? wanted.remove(topic) : wanted.put(topic, chosen);
        if (before != null && !before.equals(chosen)) {
            before.stream().filter(each -> !chosen.contains(each)).forEach(places::remove);
        }
        changed |= !chosen.equals(before == null ? Set.of() : before);
    }

    /** Reads what is wanted. Partitions that were read before go on undisturbed. */
    void assign() {
        if (changed) {
            Set<TopicPartition> all = new HashSet<>();
            wanted.values().forEach(all::addAll);
            kafka.assign(all);
            changed = false;
        }
    }

    /** Goes to {@code from} in every wanted partition of {@code topic} that is not there. */
    void readFrom(String topic, PositionVector from) {
        for (TopicPartition each : wanted.getOrDefault(topic, Set.of())) {
            long next = from.next(each.partition());
            Long place = places.get(each);
            if (place == null || place != next) {
                seek(each, next, from.epoch(each.partition()));
            }
        }
    }

    private void seek(TopicPartition partition, long next, int epoch) {
        Optional<Integer> leader = epoch == PositionVector.NO_EPOCH ? Optional.empty() : Optional.of(epoch);
        kafka.seek(partition, new OffsetAndMetadata(next, leader, ""));
        places.put(partition, next);
    }

    /** Returns whether no partition is read. */
    boolean readsNothing() {
        return wanted.isEmpty();
    }

    /** Returns the records that have come. Moves the places, also past holes. */
    ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        ConsumerRecords<byte[], byte[]> batch = kafka.poll(longest);
        batch.nextOffsets().forEach((partition, next) -> places.put(partition, next.offset()));
        return batch;
    }

    /** Returns the next offset to read in {@code partition}. */
    long place(String topic, int partition) {
        return places.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    /** Returns the next offsets to read in the first {@code partitions}. */
    PositionVector places(String topic, int partitions) {
        return PositionVector.of(
                IntStream.range(0, partitions).mapToLong(p -> place(topic, p)).toArray());
    }

    /**
     * Forgets the place in {@code partition}, which cannot be read on from. The next {@link #readFrom} always seeks
     * there.
     */
    void lose(String topic, int partition) {
        places.remove(new TopicPartition(topic, partition));
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
}
