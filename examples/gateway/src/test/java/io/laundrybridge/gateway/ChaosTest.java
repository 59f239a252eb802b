package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills gateways and brokers under many clients, as long as asked for:
 * {@code mvn test -Pchaos -pl examples/gateway -am}, with {@code -Dchaos.minutes=60 -Dchaos.clients=300
 * -Dchaos.rate=100} (records per second) and {@code -Dseed=}. One of three brokers is restarted every 20 s. One of two
 * gateways is killed every 30 s; a third gateway shows that its heap stays flat.
 */
@Tag("kafka")
@Tag("chaos")
class ChaosTest {
    private static final String TOPIC = "laundry.chaos";
    private static final int BROKERS = 3;
    private static final int KILLED_GATEWAYS = 2;
    private static final int LASTING_GATEWAY = 2;
    private static final long MEMORY = Long.getLong("chaos.memory", 256 << 10);
    private static final Duration BOUNCE_EVERY = Duration.ofSeconds(20);
    private static final Duration KILL_EVERY = Duration.ofSeconds(30);
    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final long seed = Seed.announced(getClass());
    private final int clients = Integer.getInteger("chaos.clients", 300);
    private final int perSecond = Integer.getInteger("chaos.rate", 100);
    private final Duration length = Duration.ofMinutes(Integer.getInteger("chaos.minutes", 60));

    private final List<Long> heaps = new ArrayList<>();
    private int bounces;
    private int kills;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void nothingIsLostRepeatedOrMadeUp() throws Exception {
        try (InProcessKafka kafka = InProcessKafka.start(BROKERS)) {
            kafka.createTopic(TOPIC, 3);
            String brokers = kafka.bootstrapServers();
            try (Gateways gateways = Gateways.start(KILLED_GATEWAYS + 1, brokers, TOPIC, MEMORY);
                    ClientFleet fleet = Gateways.fleet(clients, gateways.endpoints(), Duration.ofSeconds(20), seed)) {
                try (MixedProducer producer = MixedProducer.start(brokers, TOPIC, perSecond, seed)) {
                    disturb(kafka, gateways, fleet, producer);
                }
                judge(fleet, brokers);
            }
        }
    }

    private void disturb(InProcessKafka kafka, Gateways gateways, ClientFleet fleet, MixedProducer producer)
            throws IOException {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        long bounce = start + BOUNCE_EVERY.toNanos();
        long kill = start + KILL_EVERY.toNanos();
        long report = start + REPORT_EVERY.toNanos();
        while (System.nanoTime() < end) {
            awaitTime(Math.min(Math.min(bounce, kill), Math.min(report, end)));
            long now = System.nanoTime();
            if (now >= bounce) {
                int broker = bounces++ % BROKERS;
                kafka.stopBroker(broker);
                kafka.startBroker(broker);
                bounce = now + BOUNCE_EVERY.toNanos();
            }
            if (now >= kill) {
                int gateway = kills++ % KILLED_GATEWAYS;
                gateways.kill(gateway);
                gateways.restart(gateway);
                kill = now + KILL_EVERY.toNanos();
            }
            if (now >= report) {
                heaps.add(gateways.heap(LASTING_GATEWAY));
                System.out.println(summary(Duration.ofNanos(now - start), fleet, producer.written()) + ", "
                        + heaps.get(heaps.size() - 1) / 1024 + " KiB in use");
                report = now + REPORT_EVERY.toNanos();
            }
        }
    }

    private void judge(ClientFleet fleet, String brokers) {
        fleet.settle();
        List<CommittedRecord> committed = CommittedRead.of(brokers, TOPIC);
        fleet.awaitAll(committed, PATIENCE);
        List<String> violations = fleet.violations(committed);
        System.out.println(summary(length, fleet, committed.size()) + ", " + violations.size() + " violations");
        assertThat(violations).isEmpty();
        assertHeapIsFlat();
        assertThat(fleet.present()).allSatisfy(all -> assertThat(all.gaps()).isEmpty());
    }

    /** After a minute of warm-up nothing grows: the last third needs at most a tenth more than the first. */
    private void assertHeapIsFlat() {
        int third = heaps.size() / 3;
        if (third > 1) {
            assertThat(Collections.max(heaps.subList(heaps.size() - third, heaps.size())))
                    .as("heap in use, minute by minute: %s", heaps)
                    .isLessThanOrEqualTo(Collections.max(heaps.subList(1, third + 1)) * 11 / 10);
        }
    }

    private String summary(Duration after, ClientFleet fleet, long records) {
        return "chaos after " + after.toSeconds() + " s: " + records + " records, " + clients + " clients, "
                + fleet.connections() + " connections, " + fleet.events() + " events, " + kills + " gateways killed, "
                + bounces + " brokers bounced";
    }

    private static void awaitTime(long nanos) {
        Duration left = Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
        Await.until("the next disturbance", left.plusSeconds(10), () -> System.nanoTime() >= nanos);
    }
}
