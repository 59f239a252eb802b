package io.laundrybridge.dashboard;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.dashboard.simulator.LaundrySimulator;
import io.laundrybridge.dashboard.simulator.MachineReport;
import io.laundrybridge.dashboard.simulator.ReportWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a simulated laundry by the clock and writes what its machines report to a topic, keyed {@code site/machine}.
 *
 * <p>Run it on a thread of its own; {@link #close()} may be called from any other. It waits until the reports have
 * reached Kafka, for at most five seconds. A short outage of the broker costs nothing: the producer keeps up to 32 MiB.
 * Further reports are counted as {@linkplain #failed() failed} and dropped.
 */
public final class LaundryFeed implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaundryFeed.class);
    private static final Duration LAST_SENDS = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 5;

    private final String topic;
    private final LaundrySimulator simulator;
    private final Clock clock;
    private final Producer<String, byte[]> producer;
    private final ReportWriter writer = new ReportWriter();
    /** Held while reports go out, so that the producer is not closed under them. */
    private final Object ticking = new Object();

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    LaundryFeed(String topic, LaundryPlan plan, Clock clock, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.clock = clock;
        this.producer = producer;
        this.simulator = new LaundrySimulator(plan, clock.instant(), this::send);
    }

    /**
     * Returns a feed of {@code plan} into {@code topic}, which has to be there (see {@link LaundryTopic}).
     *
     * @param kafka properties for the producer, at least {@code bootstrap.servers}
     */
    public static LaundryFeed into(String topic, LaundryPlan plan, Map<String, ?> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return new LaundryFeed(
                topic,
                plan,
                Clock.systemUTC(),
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
    }

    /** Reports until closed or interrupted. */
    @Override
    public void run() {
        try {
            do {
                tick();
            } while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops reporting. A second call does nothing. */
    @Override
    public void close() {
        stop.countDown();
        synchronized (ticking) {
            producer.close(LAST_SENDS);
        }
    }

    /** Reports that Kafka has acknowledged. */
    public long sent() {
        return sent.get();
    }

    /** Reports that were dropped because Kafka did not take them in time. */
    public long failed() {
        return failed.get();
    }

    private void tick() {
        synchronized (ticking) {
            simulator.tick(clock.instant());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the result of every send
    private void send(MachineReport report) {
        if (stop.getCount() == 0) {
            return;
        }
        producer.send(
                new ProducerRecord<>(topic, null, report.time().toEpochMilli(), report.key(), writer.write(report)),
                this::completed);
    }

    private void completed(@Nullable RecordMetadata place, @Nullable Exception failure) {
        if (failure == null) {
            sent.incrementAndGet();
        } else if (failed.getAndIncrement() == 0 && stop.getCount() > 0) { // at the end the last reports may be lost
            LOG.warn("Reports do not reach topic '{}': {}; they are dropped until they do.", topic, failure.toString());
        }
    }
}
