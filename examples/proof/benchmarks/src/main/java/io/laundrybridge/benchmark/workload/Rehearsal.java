package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.process.Child;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Has the broker take and give events that no server reads, so that broker and producer are warm before the first
 * server. Else they would take the processors from a server that is measured cold.
 */
record Rehearsal(Child broker, Child producer, String brokers) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final String TOPIC = "rehearsal";
    private static final int RATE = 20_000;

    /** Goes on for {@code time}. */
    void run(Duration time) {
        broker.ask("topic " + TOPIC + " 1", "created", PATIENCE);
        producer.ask(
                "start --feed=kafka --to=" + brokers + " --topic=" + TOPIC + " --rate=" + RATE, "started", PATIENCE);
        read(System.nanoTime() + time.toNanos());
        producer.ask("stop", "next", PATIENCE);
    }

    /** Reads as a server does, a fetch every few milliseconds. */
    private void read(long end) {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition all = new TopicPartition(TOPIC, 0);
            reader.assign(List.of(all));
            reader.seekToBeginning(List.of(all));
            while (System.nanoTime() < end) {
                reader.poll(POLL);
            }
        }
    }
}
