package io.laundrybridge.test.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Keeps one test from stopping the broker of all. */
record SharedTestKafka(TestKafka broker) implements TestKafka {

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String newTopic(int partitions, Map<String, String> settings) {
        return broker.newTopic(partitions, settings);
    }

    @Override
    public RecordMetadata produce(String topic, @Nullable String key, @Nullable String value) {
        return broker.produce(topic, key, value);
    }

    @Override
    public RecordMetadata produce(ProducerRecord<byte[], byte[]> record) {
        return broker.produce(record);
    }

    @Override
    public Admin admin() {
        return broker.admin();
    }

    @Override
    public void stop() {
        throw refusal("stopped");
    }

    @Override
    public void start() {
        throw refusal("started");
    }

    @Override
    public void close() {
        throw refusal("closed");
    }

    private static IllegalStateException refusal(String what) {
        return new IllegalStateException("The broker that all tests share cannot be " + what
                + " by one of them; KafkaFixture.privateBroker() starts one of the test's own");
    }
}
