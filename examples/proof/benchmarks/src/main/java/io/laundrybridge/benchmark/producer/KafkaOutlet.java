package io.laundrybridge.benchmark.producer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes into a topic, or into several in turn: {@code acks=1}, no compression, no waiting. */
final class KafkaOutlet implements Outlet {
    private static final int BATCH = 64 * 1024;
    /** Room for a few events: each batch takes its whole size of the producer's 32 MiB while it is on its way. */
    private static final int BATCH_OF_ONE_AMONG_MANY = 2 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int topics;
    private int next;

    /**
     * Writes into {@code topic}, or into {@code topics} of them if that is not 0. Asks first where those are, because
     * each question takes a producer 10 ms and holds what is due.
     */
    KafkaOutlet(String brokers, String topic, int topics) {
        this.topic = topic;
        this.topics = topics;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.ACKS_CONFIG,
                        "1",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        topics == 0 ? BATCH : BATCH_OF_ONE_AMONG_MANY,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        for (int i = 0; i < topics; i++) {
            producer.partitionsFor(topic(i));
        }
    }

    private String topic(int number) {
        return topic + "-" + number;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // clients count what did not arrive
    public void send(int partition, String key, byte[] event) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        if (topics == 0) {
            producer.send(new ProducerRecord<>(topic, partition, name, event));
        } else {
            producer.send(new ProducerRecord<>(topic(next), partition, name, event));
            next = (next + 1) % topics;
        }
    }

    @Override
    public void flush() {
        // The producer's own thread sends waiting records as soon as it can.
    }

    @Override
    public void close() {
        producer.close();
    }
}
