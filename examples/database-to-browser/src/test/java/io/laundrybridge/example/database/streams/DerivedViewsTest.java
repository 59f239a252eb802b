package io.laundrybridge.example.database.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.example.database.capture.Topics;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the topology as it runs: exactly once, also if one of its instances goes and another takes over. */
@Tag("kafka")
class DerivedViewsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REPORTS = "reports";
    private static final int MACHINES = 6;
    private static final Instant BEGIN = Instant.parse("2026-11-29T12:00:00Z");

    private final InProcessKafka kafka = InProcessKafka.start();
    private final Map<String, Object> clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());

    @BeforeEach
    void createTopic() {
        Topics.kept(REPORTS, 3, clients);
    }

    @AfterEach
    void stop() {
        producer.close();
        kafka.close();
    }

    /** Each machine uses 0.001 kWh from one report to the next one. */
    private void report(int from, int to) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int n = from; n < to; n++) {
            for (int machine = 0; machine < MACHINES; machine++) {
                String id = "m-" + machine;
                String kwh = "%d.%03d".formatted(n / 1000, n % 1000);
                byte[] value = Reports.value(
                        id, BEGIN.plusSeconds(n), n % 50 == 49 ? "alarm" : "running", "wool 30", 1000, kwh);
                sent.add(producer.send(new ProducerRecord<>(REPORTS, Reports.key(id), value)));
            }
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    private List<CommittedRecord> written(String topic) {
        return CommittedRead.of(kafka.bootstrapServers(), topic);
    }

    private Map<String, @Nullable String> newest(String topic) {
        Map<String, @Nullable String> newest = new HashMap<>();
        written(topic).forEach(record -> newest.put(record.key(), record.value()));
        return newest;
    }

    private void awaitEnergy(String kwh) {
        String expected = "{\"programme\":\"wool 30\",\"kwh\":" + kwh + "}";
        Await.until(
                "energy of " + kwh + " kWh",
                PATIENCE,
                () -> expected.equals(newest(LaundryTopology.ENERGY).get("wool 30")));
    }

    @Test
    void aSumIsExactThoughItsInstancesComeAndGo() throws Exception {
        try (DerivedViews first = DerivedViews.start(REPORTS, clients)) {
            report(0, 101);
            awaitEnergy("0.600");
            assertThat(first.running()).isTrue();
        }
        report(101, 151);
        try (DerivedViews second = DerivedViews.start(REPORTS, clients)) {
            try (DerivedViews third = DerivedViews.start(REPORTS, clients)) {
                report(151, 201);
                awaitEnergy("1.200");
                Await.until("the work is shared", PATIENCE, third::running);
            }
            report(201, 301);
            awaitEnergy("1.800");
            assertThat(second.running()).isTrue();
        }
        List<String> sums = written(LaundryTopology.ENERGY).stream()
                .map(CommittedRecord::value)
                .toList();
        assertThat(sums).as("every sum is written once").doesNotHaveDuplicates();
        assertThat(newest(LaundryTopology.ALARMS))
                .hasSize(MACHINES)
                .containsOnlyKeys("m-0", "m-1", "m-2", "m-3", "m-4", "m-5");
        assertThat(newest(LaundryTopology.ALARMS).values()).containsOnlyNulls();
        assertThat(newest(LaundryTopology.POWER).values())
                .hasSize(6)
                .allMatch(power -> power != null && power.contains("\"watts\":6000,\"machines\":6"));
    }
}
