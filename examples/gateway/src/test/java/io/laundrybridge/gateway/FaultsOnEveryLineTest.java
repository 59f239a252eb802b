package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.FaultyKafka;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Breaks the network between clients, two gateways and three brokers, in one way after the other and in several at
 * once. Brokers stop and gateways are killed too. Afterwards each client has the records of a committed read.
 */
@Tag("kafka")
class FaultsOnEveryLineTest {
    private static final String TOPIC = "laundry.faults";
    private static final int BROKERS = 3;
    private static final int GATEWAYS = 2;
    private static final int CLIENTS = 20;
    private static final int PER_SECOND = 200;
    private static final int MEMORY = 64 << 10; // about three seconds; a longer absence is served from Kafka
    private static final int ROUNDS = 24;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ENOUGH = ROUNDS * PER_SECOND / 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long seed = Seed.announced(getClass());
    private final Random random = new Random(seed);
    private final List<String> done = new ArrayList<>();

    @Test
    void nothingIsLostRepeatedOrMadeUp() throws Exception {
        try (FaultyKafka kafka = FaultyKafka.start(BROKERS, plan -> {})) {
            kafka.newTopic(TOPIC, BROKERS);
            try (Gateways gateways = Gateways.start(GATEWAYS, kafka.bootstrapServers(), TOPIC, MEMORY);
                    TcpProxy line = TcpProxy.to(ports(gateways));
                    ClientFleet fleet = Gateways.fleet(CLIENTS, endpoint(line), Duration.ofSeconds(10), seed)) {
                try (MixedProducer producer = MixedProducer.start(kafka.internalServers(), TOPIC, PER_SECOND, seed)) {
                    for (int round = 0; round < ROUNDS; round++) {
                        disturb(kafka, gateways, line);
                        pass(ROUND);
                    }
                    heal(kafka, gateways, line);
                    Await.until(
                            ENOUGH + " records, which a busy machine writes slowly",
                            PATIENCE,
                            () -> producer.written() > ENOUGH);
                }
                System.out.println("faults: " + done);
                fleet.settle();
                List<CommittedRecord> committed = CommittedRead.of(kafka.internalServers(), TOPIC);
                fleet.awaitAll(committed, PATIENCE);
                assertThat(fleet.violations(committed)).isEmpty();
                assertThat(fleet.present()).allSatisfy(all -> {
                    assertThat(all.begunBy()).isEmpty();
                    assertThat(all.gaps()).isEmpty();
                    assertThat(all.deliveries()).hasSameSizeAs(committed);
                });
            }
        }
    }

    private void disturb(FaultyKafka kafka, Gateways gateways, TcpProxy line) throws Exception {
        if (random.nextInt(3) == 0) {
            heal(kafka, gateways, line);
        }
        TcpProxy broker = kafka.network(random.nextInt(BROKERS));
        TcpProxy some = random.nextBoolean() ? broker : line;
        int fault = random.nextInt(11);
        done.add((some == line ? "clients:" : "brokers:") + fault);
        switch (fault) {
            case 0 -> some.reset();
            case 1 -> some.blackHole();
            case 2 -> some.toClient().hold();
            case 3 -> some.toServer().hold();
            case 4 -> some.refuse();
            case 5 -> some.toClient().delay(Duration.ofMillis(10), Duration.ofMillis(800));
            case 6 -> some.toClient().narrow(20_000);
            case 7 -> some.toClient().cutAfter(1 + random.nextInt(50_000));
            case 8 -> gateways.halt(random.nextInt(GATEWAYS));
            case 9 -> {
                int killed = random.nextInt(GATEWAYS);
                gateways.kill(killed);
                heal(kafka, gateways, line); // a gateway gives up if Kafka is missing at its start
                gateways.restart(killed);
            }
            default -> {
                int stopped = random.nextInt(BROKERS);
                kafka.cluster().stopBroker(stopped);
                kafka.cluster().startBroker(stopped);
            }
        }
    }

    private void heal(FaultyKafka kafka, Gateways gateways, TcpProxy line) throws IOException {
        done.add("healed");
        gateways.goOn();
        kafka.networks().forEach(TcpProxy::heal);
        line.heal();
    }

    private static int[] ports(Gateways gateways) {
        return gateways.endpoints().stream().mapToInt(URI::getPort).toArray();
    }

    private static List<URI> endpoint(TcpProxy line) {
        return List.of(URI.create("ws://127.0.0.1:" + line.port() + "/laundry"));
    }

    private static void pass(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        Await.until("time to pass", time.plusSeconds(10), () -> System.nanoTime() >= until);
    }
}
