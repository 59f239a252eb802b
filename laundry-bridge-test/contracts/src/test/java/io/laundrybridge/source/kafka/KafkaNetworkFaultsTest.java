package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.FaultyKafka;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.network.TcpProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests a source while the network to three brokers, or the brokers, fail. It always hands over exactly the committed
 * records, once and in order, without gap or reset. It reports silence within ten seconds.
 */
@Tag("kafka")
class KafkaNetworkFaultsTest {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);
    private static final int BROKERS = 3;
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static FaultyKafka kafka;

    private final String topic = "t-" + TOPICS.incrementAndGet();
    private final SourceTape tape = new SourceTape();
    private SourceReader reader;
    private int written;

    @BeforeAll
    static void startsThreeBrokersBehindProxies() {
        kafka = FaultyKafka.start(BROKERS, plan -> {});
    }

    @AfterAll
    static void stopsThem() {
        kafka.close();
    }

    @BeforeEach
    void readsATopicOfWhichEachBrokerLeadsOnePartition() {
        kafka.newTopic(topic, BROKERS);
        reader = open(Map.of(), tape);
        write(30);
        tape.awaitRecords(30).awaitCall("live");
    }

    private SourceReader open(Map<String, String> more, SourceTape handler) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.putAll(SourceProperties.of(kafka.bootstrapServers()));
        return KafkaSource.topic(topic, properties)
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), handler);
    }

    @AfterEach
    void heals() {
        networks().forEach(TcpProxy::heal);
        reader.close();
    }

    private static List<TcpProxy> networks() {
        return kafka.networks();
    }

    private void write(int count) {
        for (int i = 0; i < count; i++, written++) {
            kafka.write(topic, written % BROKERS, written);
        }
    }

    private void tellsWithinTenSeconds(String words) {
        long from = System.nanoTime();
        tape.awaitStale(words);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(TOLD_WITHIN);
    }

    /** Checks that all records arrived exactly as a committed read past the proxies returns them. */
    private void nothingIsMissing() {
        tape.awaitRecords(written);
        var committed = CommittedRead.of(kafka.internalServers(), topic);
        for (int p = 0; p < BROKERS; p++) {
            int partition = p;
            assertThat(tape.records().stream()
                            .filter(record -> record.partition() == partition)
                            .map(record -> record.offset()))
                    .containsExactlyElementsOf(committed.stream()
                            .filter(record -> record.partition() == partition)
                            .map(record -> record.offset())
                            .toList());
        }
        assertThat(tape.gaps()).isEmpty();
        assertThat(tape.starts()).hasSize(1);
    }

    private static void pass(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        Await.until("time to pass", time.plusSeconds(10), () -> System.nanoTime() >= until);
    }

    @Test
    @Tag("kafka-contract")
    void reportsThatOneLeaderAmongThreeIsSilent() {
        kafka.network(1).blackHole();
        tellsWithinTenSeconds("about 1 of 3 partitions of topic '" + topic + "'");
        write(30);
        tape.awaitRecords(50);
        kafka.network(1).heal();
        tape.awaitCall("fresh");
        nothingIsMissing();
    }

    @Test
    void reportsThatResponsesDoNotArrive() {
        networks().forEach(network -> network.toClient().hold());
        write(30);
        tellsWithinTenSeconds("Kafka has not answered for");
        networks().forEach(TcpProxy::heal);
        tape.awaitCall("fresh");
        nothingIsMissing();
    }

    @Test
    void reportsThatRequestsDoNotArrive() {
        networks().forEach(network -> network.toServer().hold());
        write(30);
        tellsWithinTenSeconds("Kafka has not answered for");
        networks().forEach(TcpProxy::heal);
        tape.awaitCall("fresh");
        nothingIsMissing();
    }

    @Test
    void reportsThatNoBrokerAcceptsAConnection() {
        networks().forEach(TcpProxy::refuse);
        write(30);
        tellsWithinTenSeconds("Kafka has not answered for");
        networks().forEach(TcpProxy::heal);
        tape.awaitCall("fresh");
        nothingIsMissing();
    }

    @Test
    void closesInTimeWhileKafkaIsABlackHole() {
        networks().forEach(TcpProxy::blackHole);
        long from = System.nanoTime();
        reader.close();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void readsOnThroughResetsOfEveryConnection() {
        for (int storm = 0; storm < 20; storm++) {
            networks().forEach(TcpProxy::reset);
            write(30);
            pass(Duration.ofMillis(300));
        }
        nothingIsMissing();
    }

    @Test
    void readsOnThroughAnswersThatAreTornAnywhere() {
        for (int bytes = 1; bytes < 20_000; bytes = bytes * 2 + 7) {
            int cut = bytes;
            networks().forEach(network -> network.toClient().cutAfter(cut));
            write(30);
            pass(Duration.ofMillis(200));
        }
        networks().forEach(TcpProxy::heal);
        nothingIsMissing();
    }

    @Test
    void readsOnOverALongWayAndANarrowOne() {
        networks().forEach(network -> network.toClient().delay(Duration.ofMillis(100), Duration.ofMillis(1500)));
        write(60);
        nothingIsMissing();
        networks().forEach(TcpProxy::heal);
        networks().forEach(network -> network.toClient().narrow(8_000));
        write(300);
        nothingIsMissing();
    }

    @Test
    void readsOnWhenALeaderIsCutOffAndThenGone() {
        kafka.network(0).reset();
        kafka.network(0).refuse();
        write(30);
        kafka.cluster().stopBroker(0);
        write(30);
        tape.awaitRecords(written);
        kafka.network(0).heal();
        kafka.cluster().startBroker(0);
        write(30);
        nothingIsMissing();
    }

    @Test
    void readsOnWhileEveryBrokerIsRestartedInTurn() {
        for (int broker = 0; broker < BROKERS; broker++) {
            kafka.cluster().stopBroker(broker);
            write(30);
            kafka.cluster().startBroker(broker);
            write(30);
        }
        nothingIsMissing();
    }

    @Test
    void readsOnWhileThereIsNoController() {
        kafka.cluster().stopController();
        try {
            write(60);
            nothingIsMissing();
            assertThat(tape.calls()).noneMatch(call -> call.startsWith("stale"));
        } finally {
            kafka.cluster().startController();
        }
    }

    @Test
    void reportsSilenceOfTheNearestReplicaToo() {
        SourceTape near = new SourceTape();
        SourceReader nearest = open(Map.of("client.rack", "here"), near);
        near.awaitRecords(30).awaitCall("live");
        networks().forEach(TcpProxy::blackHole);
        near.awaitStale("Kafka has not answered for");
        networks().forEach(TcpProxy::heal);
        near.awaitCall("fresh");
        write(30);
        near.awaitRecords(60);
        assertThat(near.gaps()).isEmpty();
        nearest.close();
    }

    @Test
    void readsOnWhileLeadersMove() throws Exception {
        for (int move = 1; move <= 5; move++) {
            for (int p = 0; p < BROKERS; p++) {
                lead(p, (p + move) % BROKERS);
            }
            write(30);
        }
        nothingIsMissing();
    }

    private void lead(int partition, int broker) throws Exception {
        TopicPartition moved = new TopicPartition(topic, partition);
        var replicas = List.of(broker, (broker + 1) % BROKERS, (broker + 2) % BROKERS);
        kafka.admin()
                .alterPartitionReassignments(Map.of(moved, Optional.of(new NewPartitionReassignment(replicas))))
                .all()
                .get();
        Await.until("broker " + broker + " leads " + moved, Duration.ofSeconds(30), () -> {
            kafka.admin()
                    .electLeaders(ElectionType.PREFERRED, Set.of(moved))
                    .partitions()
                    .get();
            return leader(partition) == broker;
        });
    }

    private int leader(int partition) throws Exception {
        Map<String, TopicDescription> seen =
                kafka.admin().describeTopics(List.of(topic)).allTopicNames().get();
        List<TopicPartitionInfo> partitions = seen.values().stream()
                .flatMap(found -> found.partitions().stream())
                .toList();
        return partitions.get(partition).leader().id();
    }
}
