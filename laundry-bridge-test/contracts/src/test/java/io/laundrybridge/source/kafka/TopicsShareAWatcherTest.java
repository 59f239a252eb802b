package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that topics of equal settings are watched by one thread and one admin client, and harm each other not. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class TopicsShareAWatcherTest {
    private final TestKafka kafka;
    private final List<Thread> started = new ArrayList<>();
    private final HostServices services = HostServices.standard().withThreads(this::thread);
    private final List<SourceReader> readers = new ArrayList<>();

    TopicsShareAWatcherTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private synchronized Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        started.add(thread);
        return thread;
    }

    private synchronized long watchers() {
        return started.stream()
                .filter(thread -> thread.isAlive() && thread.getName().endsWith("-watch"))
                .count();
    }

    private static long admins() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread | laundry-bridge-admin-"))
                .count();
    }

    private SourceTape open(String topic) {
        SourceTape tape = new SourceTape();
        readers.add(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()))
                .open(new ReadRequest("machines", Duration.ofHours(1), services), tape));
        return tape;
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    @Test
    void thirtyTopicsHaveOneThreadAndOneClientAndAMissingOneHoldsUpNoOther() throws Exception {
        List<String> topics =
                IntStream.range(0, 30).mapToObj(i -> kafka.newTopic(3)).toList();
        topics.forEach(topic -> kafka.produce(topic, "m", topic));
        long before = admins();
        String absent = "absent-" + topics.get(0);
        SourceTape missing = open(absent);
        SourceTape malformed = open("not a topic's name");
        List<SourceTape> tapes = topics.stream().map(this::open).toList();
        tapes.forEach(tape -> tape.awaitRecords(1).awaitCall("live"));
        missing.awaitStale("does not exist");
        malformed.awaitStale("");
        assertThat(watchers()).isEqualTo(1);
        assertThat(admins() - before).isEqualTo(1);
        assertThat(tapes).allSatisfy(tape -> assertThat(tape.calls()).noneMatch(call -> call.startsWith("stale")));

        kafka.admin()
                .createTopics(List.of(new NewTopic(absent, 1, (short) 1)))
                .all()
                .get();
        kafka.produce(absent, "m", "late");
        missing.awaitRecords(1).awaitCall("live");

        readers.forEach(SourceReader::close);
        assertThat(watchers()).isZero();
        assertThat(admins()).isEqualTo(before);
        open(topics.get(0)).awaitRecords(1);
    }

    @Test
    void aQuestionThatFailsOnceIsAskedAgainAndOthersAreAnswered() {
        AtomicInteger calls = new AtomicInteger();
        HostServices failing = services.withClock(
                () -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("expected by this test");
                    }
                    return Instant.now();
                },
                System::nanoTime);
        List<String> topics =
                IntStream.range(0, 3).mapToObj(i -> kafka.newTopic(1)).toList();
        topics.forEach(topic -> kafka.produce(topic, "m", topic));
        List<SourceTape> tapes = topics.stream()
                .map(topic -> {
                    SourceTape tape = new SourceTape();
                    readers.add(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()))
                            .open(new ReadRequest("machines", Duration.ofHours(1), failing), tape));
                    return tape;
                })
                .toList();
        tapes.forEach(tape -> tape.awaitRecords(1).awaitCall("live"));
        assertThat(calls).hasValueGreaterThanOrEqualTo(4);
    }
}
