package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the reports of a Kafka source while Kafka cannot be reached. */
@Tag("kafka")
class KafkaOutageTest {

    private static final ReadRequest REQUEST =
            new ReadRequest("machines", Duration.ofHours(1), HostServices.standard());

    private static KafkaSource source(String topic, String bootstrapServers) {
        return KafkaSource.topic(topic, SourceProperties.of(bootstrapServers));
    }

    private static String closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static void closesInTimeAndWithoutATrace(KafkaSource source, SourceReader reader) {
        long start = System.nanoTime();
        reader.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("laundry-bridge-" + source.name()));
    }

    @Test
    void reportsAnOutageWithinTenSecondsAndLosesNothing() {
        try (TestKafka kafka = KafkaFixture.privateBroker()) {
            String topic = kafka.newTopic(2);
            String empty = kafka.newTopic(1);
            KafkaSource source = source(topic, kafka.bootstrapServers());
            KafkaSource idle = source(empty, kafka.bootstrapServers());
            SourceTape tape = new SourceTape();
            SourceTape idleTape = new SourceTape();
            SourceReader reader = source.open(REQUEST, tape);
            SourceReader idleReader = idle.open(REQUEST, idleTape);
            IntStream.range(0, 10).forEach(i -> kafka.produce(topic, "m-" + i, "" + i));
            tape.awaitRecords(10).awaitCall("live");
            idleTape.awaitCall("live");

            kafka.stop();
            long gone = System.nanoTime();
            tape.awaitStale("Kafka has not answered for");
            idleTape.awaitStale("Kafka has not answered for");
            assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(10));

            kafka.start();
            tape.awaitCall("fresh");
            idleTape.awaitCall("fresh");
            IntStream.range(10, 20).forEach(i -> kafka.produce(topic, "m-" + i, "" + i));
            tape.awaitRecords(20);
            assertThat(tape.texts()).doesNotHaveDuplicates().hasSize(20);
            assertThat(tape.gaps()).isEmpty();
            assertThat(tape.calls()).doesNotContain("reset epoch", "reset truncated");

            kafka.stop();
            closesInTimeAndWithoutATrace(source, reader);
            closesInTimeAndWithoutATrace(idle, idleReader);
        }
    }

    @Test
    void staysQuietWhileAnIdleTopicIsWell() {
        try (TestKafka kafka = KafkaFixture.privateBroker()) {
            SourceTape tape = new SourceTape();
            String topic = kafka.newTopic(1);
            SourceReader reader = source(topic, kafka.bootstrapServers()).open(REQUEST, tape);
            tape.awaitCall("live");
            long beyondPatience =
                    System.nanoTime() + BrokerLiveness.PATIENCE.plusSeconds(3).toNanos();
            tape.await("time without a word", told -> System.nanoTime() > beyondPatience);
            assertThat(tape.calls()).noneMatch(call -> call.startsWith("stale"));
            reader.close();
        }
    }

    @Test
    void reportsAPartitionWithoutALeaderThoughOthersGoOn() throws Exception {
        try (InProcessKafka kafka = InProcessKafka.start(2);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var onePartitionEach = new NewTopic("t", Map.of(0, List.of(0), 1, List.of(1)));
            admin.createTopics(List.of(onePartitionEach)).all().get();
            SourceTape tape = new SourceTape();
            SourceReader reader = source("t", kafka.bootstrapServers()).open(REQUEST, tape);
            tape.awaitCall("live");
            kafka.stopBroker(1);
            tape.awaitStale("1 of 2 partitions of topic 't' have no leader");
            kafka.startBroker(1);
            tape.awaitCall("fresh");
            reader.close();
        }
    }

    @Test
    void waitsForAKafkaThatIsNotThereYet() throws Exception {
        KafkaSource source = source("nowhere", closedPort());
        SourceTape tape = new SourceTape();
        SourceReader reader = source.open(REQUEST, tape);
        tape.awaitStale("Kafka does not answer");
        assertThat(tape.calls()).doesNotContain("opened");
        closesInTimeAndWithoutATrace(source, reader);
    }

    @Test
    void waitsForANameThatDoesNotResolveYet() {
        KafkaSource source = source("nameless", "no-such-host.invalid:9092");
        SourceTape tape = new SourceTape();
        SourceReader reader = source.open(REQUEST, tape);
        tape.awaitStale("No name in bootstrap.servers can be resolved");
        closesInTimeAndWithoutATrace(source, reader);
    }

    @Test
    void failsWhereNoClientCanBeMadeOfTheProperties() {
        KafkaSource source = source("malformed", "no-port-at-all");
        SourceTape tape = new SourceTape();
        SourceReader reader = source.open(REQUEST, tape);
        tape.awaitCall("failed");
        assertThat(tape.failures().get(0)).hasRootCauseMessage("Invalid url in bootstrap.servers: no-port-at-all");
        closesInTimeAndWithoutATrace(source, reader);
    }
}
