package io.laundrybridge.dashboard.browser;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.dashboard.simulator.LaundrySimulator;
import io.laundrybridge.dashboard.simulator.MachineReport;
import io.laundrybridge.dashboard.simulator.ReportWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A machine that reports exactly as often as the test asks. */
final class OneMachine implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final String topic;
    private final String key;
    private final KafkaProducer<String, byte[]> producer;
    private final byte[] report;

    OneMachine(String bootstrapServers, String topic, String key) {
        this.topic = topic;
        this.key = key;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.report = new ReportWriter().write(anyReport());
    }

    String key() {
        return key;
    }

    /** Reports so many times; Kafka has all of them when this returns. */
    void report(int times) {
        List<Future<?>> sends = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            sends.add(producer.send(new ProducerRecord<>(topic, key, report)));
        }
        for (Future<?> send : sends) {
            await(send);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static void await(Future<?> send) {
        try {
            send.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka did not take a report", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while reporting", e);
        }
    }

    private static MachineReport anyReport() {
        List<MachineReport> reports = new ArrayList<>();
        Instant now = Instant.now();
        new LaundrySimulator(LaundryPlan.standard().machines(1), now, reports::add).tick(now.plusSeconds(1));
        return reports.get(0);
    }
}
