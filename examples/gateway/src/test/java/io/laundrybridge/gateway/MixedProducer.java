package io.laundrybridge.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes about the given number of records per second from its own thread. Half of them are plain, half in
 * transactions, of which a third is aborted. Records that Kafka refuses are not written again: the committed read shows
 * what exists.
 */
final class MixedProducer implements AutoCloseable {
    private static final int BATCH = 10;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong written = new AtomicLong();
    private final String bootstrapServers;
    private final String topic;
    private final Random random;
    private final String transactionalId = "mixed-" + NAMES.incrementAndGet();
    private final Producer<String, String> plain;
    private @Nullable Producer<String, String> transactional;

    private MixedProducer(String bootstrapServers, String topic, long seed) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.random = new Random(seed);
        this.plain = producer(Map.of());
    }

    static MixedProducer start(String bootstrapServers, String topic, int perSecond, long seed) {
        MixedProducer producer = new MixedProducer(bootstrapServers, topic, seed);
        long everyMicros = 1_000_000L * BATCH / perSecond;
        Future<?> unused = producer.thread.scheduleAtFixedRate(producer::write, 0, everyMicros, TimeUnit.MICROSECONDS);
        return producer;
    }

    /** Returns the number of records given to Kafka, aborted ones included. */
    long written() {
        return written.get();
    }

    /** Stops writing; returns when Kafka has answered for all, and no transaction is open. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The producer did not come to an end within 60 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        plain.close(Duration.ofSeconds(30));
        transactional().close(Duration.ofSeconds(30));
    }

    private void write() {
        try {
            if (random.nextBoolean()) {
                batch(plain);
            } else {
                transaction(transactional());
            }
        } catch (KafkaException unknownOutcome) {
            giveUpTransaction();
        }
    }

    /** The first use of a new producer ends the open transaction of the one before. */
    private Producer<String, String> transactional() {
        Producer<String, String> producer = transactional;
        if (producer == null) {
            producer = producer(Map.of("transactional.id", transactionalId));
            transactional = producer;
            producer.initTransactions();
        }
        return producer;
    }

    private void transaction(Producer<String, String> producer) {
        producer.beginTransaction();
        batch(producer);
        if (random.nextInt(3) == 0) {
            producer.flush();
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
        }
    }

    private void batch(Producer<String, String> producer) {
        for (int i = 0; i < BATCH; i++) {
            long n = written.incrementAndGet();
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic, "m-" + random.nextInt(50), "{\"n\":" + n + "}"));
        }
    }

    private void giveUpTransaction() {
        Producer<String, String> producer = transactional;
        transactional = null;
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private Producer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "reconnect.backoff.max.ms", 200,
                "max.block.ms", 15_000));
        if (!more.isEmpty()) {
            settings.put("transaction.timeout.ms", 10_000);
        }
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
