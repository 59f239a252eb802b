package io.laundrybridge.archive;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic with events, in a Kafka of its own. */
final class TrainingTopic implements AutoCloseable {
    private static final String TOPIC = "training";
    private static final int PER_SECOND = 4_000;
    private static final int KEYS = 64;

    private final InProcessKafka kafka = InProcessKafka.start();
    private final Thread producer = new Thread(this::produce, "training-producer");
    private volatile boolean closed;

    TrainingTopic() {
        kafka.createTopic(TOPIC, 1);
        producer.start();
    }

    /** Returns the options of a gateway that shows the topic as the channel {@code machines}. */
    List<String> options() {
        String channel = "--laundry-bridge.channels.machines.";
        return List.of(
                "--kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                "--laundry-bridge.path=/laundry",
                "--laundry-bridge.startup-timeout=1m",
                channel + "topic=" + TOPIC,
                channel + "access=anonymous",
                channel + "retain-bytes=4MiB", // so that clients from the beginning have Kafka read again
                "--port=0");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an event that is lost is not missed
    private void produce() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 1);
        try (var events = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            String pad = "x".repeat(120);
            for (long n = 0; !closed; n++) {
                String value = "{\"seq\":" + n + ",\"temperature\":" + n % 100 + ".5,\"running\":true,\"pad\":\"" + pad
                        + "\"}";
                events.send(new ProducerRecord<>(TOPIC, utf8("m-" + n % KEYS), utf8(value)));
                if (n % (PER_SECOND / 100) == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        try {
            producer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kafka.close();
    }
}
