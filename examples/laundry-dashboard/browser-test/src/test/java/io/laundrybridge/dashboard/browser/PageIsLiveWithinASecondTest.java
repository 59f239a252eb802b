package io.laundrybridge.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.dashboard.LaundryDashboard;
import io.laundrybridge.dashboard.LaundryTopic;
import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.dashboard.simulator.LaundrySimulator;
import io.laundrybridge.dashboard.simulator.MachineReport;
import io.laundrybridge.dashboard.simulator.ReportWriter;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Measures the page at a node that has run for an hour: Kafka holds as much as the topics' retention permits. The
 * fastest of some loads counts, because other work on the machine slows loads down.
 */
@Tag("kafka")
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIsLiveWithinASecondTest {
    private static final LaundryPlan LAUNDRY =
            LaundryPlan.standard().machines(240).rate(480);
    private static final Duration UPTIME = Duration.ofMinutes(15);
    private static final Duration TRENDS = Duration.ofMinutes(3);
    private static final int FEWEST_LOADS = 3;
    private static final int MOST_LOADS = 25;

    private BrowserStage stage;
    private LaundryDashboard dashboard;
    private TcpProxy network;

    @BeforeAll
    void start() throws IOException {
        stage = BrowserStage.open();
        Map<String, Object> clients = Map.of("bootstrap.servers", stage.kafka().bootstrapServers());
        LaundryTopic.createIfAbsent(LaundryTopic.NAME, LaundryTopic.PARTITIONS, clients);
        LaundryTopic.createIfAbsent(LaundryTopic.SITES, 1, clients);
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(clients, new StringSerializer(), new ByteArraySerializer())) {
            writeReports(producer);
            writeSummaries(producer);
        }
        dashboard = stage.dashboard(LAUNDRY);
        network = TcpProxy.to(dashboard.page().getPort());
    }

    @AfterAll
    void stop() throws Exception {
        stage.close(network, dashboard);
    }

    @Test
    void tilesWithinASecondLiveWithinTwoAndHalfAMegabyte() {
        List<Load> loads = loads();
        assertThat(loads).as("all machines").allMatch(load -> load.machines() == 240);
        assertThat(loads.get(0).bytes())
                .as("bytes of the first load: %s", loads)
                .isLessThan(500_000);
        assertThat(loads).as("a tile").anyMatch(load -> load.firstTile() <= 1_000);
        assertThat(loads).as("live").anyMatch(load -> load.live() <= 2_000);
    }

    /** Loads the page until one load is fast enough, at most {@link #MOST_LOADS} times. */
    private List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        boolean fast = false;
        while (loads.size() < FEWEST_LOADS || (!fast && loads.size() < MOST_LOADS)) {
            loads.add(load());
            fast = loads.stream().anyMatch(load -> load.firstTile() <= 1_000)
                    && loads.stream().anyMatch(load -> load.live() <= 2_000);
        }
        return loads;
    }

    /** One load of the page: milliseconds from the navigation on, and bytes from the server until it was live. */
    private record Load(long firstTile, long live, long machines, long bytes) {}

    private Load load() {
        long before = network.toClient().bytes();
        DashboardPage page = DashboardPage.open(stage.browser(), network.port());
        page.await("all machines", () -> page.keys().size() >= 240);
        return new Load(
                page.mark("first tile"),
                page.mark("live"),
                page.keys().size(),
                network.toClient().bytes() - before);
    }

    private static void writeReports(Producer<String, byte[]> producer) {
        ReportWriter writer = new ReportWriter();
        Instant end = Instant.now();
        Instant time = end.minus(UPTIME);
        LaundrySimulator laundry = new LaundrySimulator(LAUNDRY, time, report -> send(producer, writer, report));
        for (; time.isBefore(end); time = time.plusSeconds(1)) {
            laundry.tick(time);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing waits for all of them
    private static void send(Producer<String, byte[]> producer, ReportWriter writer, MachineReport report) {
        long time = report.time().toEpochMilli();
        producer.send(new ProducerRecord<>(LaundryTopic.NAME, null, time, report.key(), writer.write(report)));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void writeSummaries(Producer<String, byte[]> producer) {
        long end = System.currentTimeMillis();
        for (long time = end - TRENDS.toMillis(); time < end; time += 2_000) {
            for (int site = 0; site < 6; site++) {
                byte[] value = ("{\"power\":" + (50_000 + time % 10_000) + ",\"running\":21,\"idle\":15,\"alarm\":2,"
                                + "\"offline\":2,\"alarms\":[{\"machine\":\"w-01\",\"alarm\":\"door-lock\",\"since\":"
                                + time
                                + "},{\"machine\":\"d-03\",\"alarm\":\"overheat\",\"since\":" + time + "}]}")
                        .getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(LaundryTopic.SITES, null, time, "site-" + site, value));
            }
        }
    }
}
