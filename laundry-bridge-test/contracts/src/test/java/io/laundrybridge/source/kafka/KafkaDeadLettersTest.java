package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class KafkaDeadLettersTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Map<Meter, Long> meters = new ConcurrentHashMap<>();
    private final HostServices services =
            HostServices.standard().withTelemetry((meter, channel, amount) -> meters.merge(meter, amount, Long::sum));
    private final List<SourceReader> readers = new ArrayList<>();
    private final TestKafka kafka;
    private final String topic;
    private final KafkaSource source;

    KafkaDeadLettersTest(TestKafka kafka) {
        this.kafka = kafka;
        topic = kafka.newTopic(1);
        source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
    }

    private SourceTape open(KafkaSource opened, SourceTape tape) {
        readers.add(opened.open(request(), tape));
        return tape;
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    private ReadRequest request() {
        return new ReadRequest("machines", Duration.ofHours(1), services);
    }

    private void bury(SourceRecord record) {
        source.deadLetters().write(record, "not JSON");
    }

    private long count(Meter meter) {
        return meters.getOrDefault(meter, 0L);
    }

    @Test
    void keepsTheRecordAndSaysWhereItCameFrom() throws Exception {
        kafka.admin()
                .createTopics(List.of(new NewTopic(topic + "-dlt", 1, (short) 1)))
                .all()
                .get();
        var record = new ProducerRecord<>(topic, 0, bytes("m-1"), bytes("{"));
        record.headers().add("own", bytes("header"));
        kafka.produce(record);
        open(source, new SourceTape(this::bury));
        KafkaSource letterSource = KafkaSource.topic(topic + "-dlt", SourceProperties.of(kafka.bootstrapServers()));
        SourceTape letters = open(letterSource, new SourceTape()).awaitRecords(1);

        assertThat(letters.texts()).containsExactly("m-1={");
        Map<String, byte[]> headers = headers(letters.records().get(0));
        assertThat(headers.get("own")).isEqualTo(bytes("header"));
        assertThat(headers.get("kafka_dlt-original-topic")).isEqualTo(bytes(topic));
        assertThat(headers.get("kafka_dlt-original-partition")).isEqualTo(new byte[4]);
        assertThat(headers.get("kafka_dlt-original-offset")).isEqualTo(new byte[8]);
        assertThat(headers.get("kafka_dlt-exception-message")).isEqualTo(bytes("not JSON"));
        Await.until("counted", DEADLINE, () -> count(Meter.DEAD_LETTERS) == 1);
    }

    private static Map<String, byte[]> headers(SourceRecord record) {
        return record.headers().stream()
                .collect(Collectors.toMap(SourceRecord.Header::name, header -> Objects.requireNonNull(header.value())));
    }

    private void newLetterTopic(Map<String, String> settings) throws Exception {
        kafka.admin()
                .createTopics(List.of(new NewTopic(topic + "-dlt", 2, (short) 1).configs(settings)))
                .all()
                .get();
    }

    private KafkaSource anotherNode() {
        return KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
    }

    private static SourceTape buryingAt(KafkaSource node) {
        return new SourceTape(record -> node.deadLetters().write(record, "not JSON"));
    }

    private SourceTape letters() {
        return open(KafkaSource.topic(topic + "-dlt", SourceProperties.of(kafka.bootstrapServers())), new SourceTape());
    }

    private void produce(int from, int to) {
        IntStream.range(from, to).forEach(i -> kafka.produce(topic, "m-1", "" + i));
    }

    private void allIsWritten(int letters) {
        Await.until("written", DEADLINE, () -> count(Meter.DEAD_LETTERS) == letters);
    }

    @Test
    void everyLetterIsWrittenOnceByHoweverManyNodesAndAfterRestarts() throws Exception {
        newLetterTopic(Map.of());
        produce(0, 30);
        List<KafkaSource> nodes = List.of(source, anotherNode(), anotherNode());
        nodes.forEach(node -> open(node, buryingAt(node)));
        produce(30, 40);
        allIsWritten(40);
        readers.forEach(SourceReader::close);
        readers.clear();
        produce(40, 41);
        nodes.forEach(node -> open(node, buryingAt(node)).awaitRecords(41));
        allIsWritten(41);
        readers.forEach(SourceReader::close);
        readers.clear();
        assertThat(letters().awaitCall("live").texts())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 41).mapToObj(i -> "m-1=" + i).toList());
        assertThat(count(Meter.DEAD_LETTERS)).isEqualTo(41);
    }

    @Test
    void aRecordOfATopicThatWasMadeAgainHasALetterOfItsOwn() throws Exception {
        newLetterTopic(Map.of());
        produce(0, 1);
        open(source, buryingAt(source));
        allIsWritten(1);
        kafka.admin().deleteTopics(List.of(topic)).all().get();
        Await.until("made again", DEADLINE, this::makeAgain);
        produce(7, 8);
        allIsWritten(2);
        assertThat(letters().awaitCall("live").texts()).containsExactlyInAnyOrder("m-1=0", "m-1=7");
    }

    private boolean makeAgain() {
        try {
            kafka.admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get();
            return true;
        } catch (Exception e) {
            return false; // not gone yet
        }
    }

    @Test
    void lettersWaitForTheirTopicAndDoNotHoldUpTheReading() throws Exception {
        produce(0, 50);
        long start = System.nanoTime();
        SourceTape tape = open(source, buryingAt(source));
        open(source, buryingAt(source)).awaitRecords(50).awaitCall("live");
        tape.awaitRecords(50).awaitCall("live");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(count(Meter.DEAD_LETTERS) + count(Meter.DEAD_LETTERS_LOST)).isZero();
        newLetterTopic(Map.of());
        allIsWritten(50);
    }

    @Test
    void countsUntakenEventsUntilTheEnd() {
        produce(0, 3);
        SourceTape tape = new SourceTape(this::bury);
        SourceReader reader = source.open(request(), tape);
        tape.awaitRecords(3).awaitCall("live");
        reader.close();
        assertThat(count(Meter.DEAD_LETTERS_LOST)).isEqualTo(3);
    }

    @Test
    void countsWhatHasNoRoomToWait() {
        produce(0, 50);
        KafkaSource narrow = KafkaSource.topic(
                topic, Map.of("bootstrap.servers", kafka.bootstrapServers(), "buffer.memory", "2100"));
        open(narrow, buryingAt(narrow)).awaitRecords(50);
        assertThat(count(Meter.DEAD_LETTERS_LOST)).isEqualTo(40);
    }

    @Test
    void aLetterThatTheTopicNeverTakesIsCountedAndKeepsNoOtherFromBeingWritten() throws Exception {
        newLetterTopic(Map.of("max.message.bytes", "2000"));
        produce(0, 3);
        kafka.produce(topic, "m-1", "x".repeat(5_000));
        produce(3, 6);
        open(source, buryingAt(source));
        allIsWritten(6);
        Await.until("counted", DEADLINE, () -> count(Meter.DEAD_LETTERS_LOST) == 1);
    }

    @Test
    void leavesNoProducerBehind() {
        kafka.produce(topic, "m-1", "{");
        SourceTape tape = new SourceTape(this::bury);
        SourceReader reader = source.open(request(), tape);
        tape.awaitRecords(1);
        reader.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("laundry-bridge-" + topic));
        bury(new SourceRecord(topic, 0, 0, 0, 0, null, bytes("{"), List.of()));
        assertThat(count(Meter.DEAD_LETTERS_LOST)).isPositive();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
