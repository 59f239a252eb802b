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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the life of the thread that reads. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class PollLoopTest {

    private final List<SourceReader> readers = new ArrayList<>();
    private final TestKafka kafka;
    private final String topic;
    private final KafkaSource source;

    PollLoopTest(TestKafka kafka) {
        this.kafka = kafka;
        topic = kafka.newTopic(2);
        source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
    }

    private SourceTape open(HostServices services) {
        SourceTape tape = new SourceTape();
        readers.add(source.open(new ReadRequest("machines", Duration.ofHours(1), services), tape));
        return tape;
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(i -> kafka.produce(topic, "m-" + i, "" + i));
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("laundry-bridge-kafka-")
                        || thread.getName().startsWith("laundry-bridge-" + topic + "-"))
                .toList();
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    @Test
    void beginsAgainAfterAnyFailureAndRepeatsNothing() {
        AtomicInteger failures = new AtomicInteger();
        HostServices failing = HostServices.standard().withClock(InstantSource.system(), () -> {
            boolean onPollThread = Thread.currentThread().getName().endsWith("-source");
            if (onPollThread && failures.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
                throw new IllegalStateException("expected by this test");
            }
            return System.nanoTime();
        });
        publish(0, 5);
        SourceTape tape = open(failing).awaitRecords(5).awaitCall("live");
        failures.set(1);
        tape.awaitStale("it is being started again");
        publish(5, 10);
        tape.awaitRecords(10).awaitCall("fresh");
        assertThat(tape.texts()).hasSize(10).doesNotHaveDuplicates();
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void endsByAnInterruptAndFailsItsHandlers() {
        SourceTape tape = open(HostServices.standard()).awaitCall("live");
        threads().stream()
                .filter(thread -> thread.getName().endsWith("-source"))
                .forEach(Thread::interrupt);
        tape.awaitCall("failed").await("no thread", told -> threads().isEmpty());
        publish(0, 5);
        assertThat(open(HostServices.standard()).awaitRecords(5).records()).hasSize(5);
        assertThat(tape.records()).isEmpty();
    }

    @Test
    void runsOneReaderForAllItsHandlersWhereverTheyJoin() {
        List<SourceTape> tapes = IntStream.range(0, 5)
                .mapToObj(i -> open(HostServices.standard()))
                .toList();
        publish(0, 5);
        tapes.forEach(tape -> tape.awaitRecords(5).awaitCall("live"));
        assertThat(threads())
                .extracting(Thread::getName)
                .filteredOn(name -> name.endsWith("-source"))
                .hasSize(1);
        assertThat(tapes).allSatisfy(tape -> assertThat(tape.texts()).hasSize(5).doesNotHaveDuplicates());
    }
}
