package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's consumer over all partitions of one topic, with its place in each. It makes no call that waits for Kafka but
 * {@link #poll}. Confined to the poll thread, {@link #wakeup} aside.
 */
final class TopicConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicConsumer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final Consumer<byte[], byte[]> kafka;
    private final Optional<? extends Metric> answeredFetches;
    private final Map<Integer, Long> places = new HashMap<>();
    private double polls;

    TopicConsumer(KafkaSettings settings) {
        topic = settings.topic();
        kafka = new KafkaConsumer<>(settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        answeredFetches = kafka.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("consumer-fetch-manager-metrics")
                        && metric.metricName().name().equals("fetch-total")
                        && !metric.metricName().tags().containsKey("topic"))
                .findAny();
        if (answeredFetches.isEmpty()) {
            LOG.warn("These kafka-clients do not count fetches (metric fetch-total): a silent Kafka cannot be told");
        }
    }

    /** Reads every partition from {@code from}; those that stand there go on undisturbed. */
    void readFrom(PositionVector from) {
        if (kafka.assignment().size() != from.partitions()) {
            List<TopicPartition> all = IntStream.range(0, from.partitions())
                    .mapToObj(this::partition)
                    .toList();
            kafka.assign(all);
        }
        for (int p = 0; p < from.partitions(); p++) {
            Long place = places.get(p);
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

    /** What has come; moves the places, also past holes that carry no records. */
    ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        ConsumerRecords<byte[], byte[]> batch = kafka.poll(longest);
        batch.nextOffsets().forEach((partition, next) -> places.put(partition.partition(), next.offset()));
        polls++;
        return batch;
    }

    /** The next offset to read in {@code partition}. */
    long place(int partition) {
        return places.getOrDefault(partition, 0L);
    }

    /** The next offsets to read in the first {@code partitions}. */
    PositionVector places(int partitions) {
        return PositionVector.of(
                IntStream.range(0, partitions).mapToLong(this::place).toArray());
    }

    /** The place in {@code partition} cannot be read on from: the next {@link #readFrom} seeks there in any case. */
    void lose(int partition) {
        places.remove(partition);
    }

    /** How many fetches Kafka has answered, to this consumer. */
    double answeredFetches() {
        return answeredFetches
                .map(metric -> ((Number) metric.metricValue()).doubleValue())
                .orElse(polls);
    }

    /** Any thread: ends the current poll, or else the next, with {@code WakeupException}. */
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
