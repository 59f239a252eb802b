package io.laundrybridge.kafka.inprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes a producer and a consumer as any application has them. */
final class Clients {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Clients() {}

    static void produce(InProcessKafka kafka, String topic, String... values) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(topic, 0, value, value)).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    static List<String> consume(InProcessKafka kafka, String topic, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "none");
        var partition = new TopicPartition(topic, 0);
        var values = new ArrayList<String>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
