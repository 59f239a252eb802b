package io.laundrybridge.benchmark.server;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The loop of every tutorial: polls a topic from its end on and hands each value to a sender for all sessions. */
final class Fanout {
    private final String brokers;
    private final String topic;
    private final Consumer<String> sessions;

    Fanout(String brokers, String topic, Consumer<String> sessions) {
        this.brokers = brokers;
        this.topic = topic;
        this.sessions = sessions;
    }

    /** Starts polling on its own thread; returns once it is at the end of every partition. */
    void start() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new StringDeserializer(),
                new StringDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        new Thread(() -> poll(consumer), "kafka").start();
    }

    private void poll(KafkaConsumer<String, String> consumer) {
        while (true) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                sessions.accept(record.value());
            }
        }
    }
}
