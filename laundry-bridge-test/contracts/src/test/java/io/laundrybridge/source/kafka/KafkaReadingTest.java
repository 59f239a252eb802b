package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests a Kafka source while topics grow, shrink, end and return. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class KafkaReadingTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TestKafka kafka;
    private final Map<String, Object> properties = new HashMap<>();
    private final List<SourceReader> readers = new ArrayList<>();

    KafkaReadingTest(TestKafka kafka) {
        this.kafka = kafka;
        properties.putAll(SourceProperties.of(kafka.bootstrapServers()));
    }

    private SourceTape open(String topic, SourceTape tape) {
        KafkaSource source = KafkaSource.topic(topic, properties);
        readers.add(source.open(new ReadRequest("machines", HOUR, HostServices.standard()), tape));
        return tape;
    }

    private SourceTape open(String topic) {
        return open(topic, new SourceTape());
    }

    private void publish(String topic, int from, int to) {
        IntStream.range(from, to).forEach(i -> kafka.produce(topic, "m", "" + i));
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m=" + i).toList();
    }

    private Producer<byte[], byte[]> transactional() {
        Map<String, Object> own = new HashMap<>(properties);
        own.put("transactional.id", "tx-" + System.nanoTime());
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, bytes("m"), bytes(value))).get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    @Test
    void findsAddedPartitionsAndReadsThemFromTheirBeginning() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 3);
        SourceTape tape = open(topic).awaitRecords(3);
        kafka.admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                .all()
                .get();
        kafka.produce(new ProducerRecord<>(topic, 2, bytes("m"), bytes("3")));
        SourceRecord found = tape.awaitRecords(4).records().get(3);
        assertThat(found.partition()).isEqualTo(2);
        assertThat(found.offset()).isZero();
        tape.await("a vector of three partitions", told -> told.progress().next(2) == 1);
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void neverShowsWhatATransactionTookBackAndPassesItsHoles() throws Exception {
        String topic = kafka.newTopic(1);
        SourceTape tape = open(topic).awaitCall("live");
        try (var producer = transactional()) {
            producer.beginTransaction();
            send(producer, topic, "taken back");
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, topic, "kept");
            producer.commitTransaction();
        }
        // Two records and two markers: the place behind the last marker is 4.
        tape.await("the place behind the markers", told -> told.progress().next(0) == 4);
        assertThat(tape.texts()).containsExactly("m=kept");
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void goesLiveBeforeAnOpenTransactionAndShowsItOnceCommitted() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 2);
        try (var producer = transactional()) {
            producer.beginTransaction();
            send(producer, topic, "2");
            SourceTape tape = open(topic).awaitCall("live");
            assertThat(tape.texts()).containsExactlyElementsOf(expected(0, 2));
            producer.commitTransaction();
            assertThat(tape.awaitRecords(3).texts()).containsExactlyElementsOf(expected(0, 3));
        }
    }

    /** K2, M3: Kafka's own lag says 0 meanwhile. */
    @Test
    void reportsThatATransactionHoldsEventsBackAndThatItEnded() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 2);
        SourceTape tape = open(topic).awaitCall("live");
        try (var producer = transactional()) {
            producer.beginTransaction();
            send(producer, topic, "2");
            publish(topic, 3, 5);
            tape.awaitStale("transaction in topic '" + topic + "' has been open");
            assertThat(tape.texts()).containsExactlyElementsOf(expected(0, 2));
            producer.commitTransaction();
        }
        tape.awaitCall("fresh");
        assertThat(tape.awaitRecords(5).texts()).containsExactlyElementsOf(expected(0, 5));
    }

    @Test
    void goesLiveWhereTheHistoryEndsInAHole() throws Exception {
        String topic = kafka.newTopic(1);
        try (var producer = transactional()) {
            producer.beginTransaction();
            send(producer, topic, "taken back");
            producer.abortTransaction();
        }
        assertThat(open(topic).awaitCall("live").texts()).isEmpty();
    }

    @Test
    void readsOnlyTheHistoryThatIsYoungEnough() {
        String topic = kafka.newTopic(1);
        long twoHoursAgo = System.currentTimeMillis() - 2 * HOUR.toMillis();
        kafka.produce(new ProducerRecord<>(topic, 0, twoHoursAgo, bytes("m"), bytes("old")));
        publish(topic, 0, 2);
        SourceTape tape = open(topic).awaitCall("live");
        assertThat(tape.texts()).containsExactlyElementsOf(expected(0, 2));
        assertThat(tape.starts().get(0).start().next(0)).isEqualTo(1);
        assertThat(tape.starts().get(0).beginning().next(0)).isZero();
    }

    @Test
    void reportsAGapIfRecordsWereDeletedBeforeItReadThem() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 60);
        properties.put("max.poll.records", 1);
        properties.put("max.partition.fetch.bytes", 1);
        CountDownLatch deleted = new CountDownLatch(1);
        SourceTape tape = open(topic, new SourceTape(record -> await(deleted)));
        tape.awaitRecords(1);
        var below50 = Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(50));
        kafka.admin().deleteRecords(below50).all().get();
        deleted.countDown();
        tape.await("the last record", told -> told.told("m=59")).awaitCall("live");
        Gap gap = tape.gaps().get(0);
        assertThat(tape.gaps()).hasSize(1);
        assertThat(gap.reason()).isEqualTo(GapReason.RETENTION);
        assertThat(gap.to()).isEqualTo(50);
        List<String> texts = new ArrayList<>(expected(0, (int) gap.from()));
        texts.addAll(expected(50, 60));
        assertThat(tape.texts()).containsExactlyElementsOf(texts);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void startsOverWhereATopicWasMadeAgainThoughItIsLongerThanItsPlace() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 3);
        SourceTape tape = open(topic).awaitRecords(3);
        delete(topic);
        create(topic);
        publish(topic, 10, 16);
        tape.awaitCall("reset epoch").await("the last record", told -> sinceReset(told, "m=15"));
        List<String> sinceReset = tape.calls()
                .subList(tape.calls().indexOf("reset epoch"), tape.calls().size());
        assertThat(sinceReset).filteredOn(call -> call.startsWith("m=")).containsExactlyElementsOf(expected(10, 16));
        assertThat(sinceReset).contains("live");
        assertThat(tape.starts()).extracting(StreamStart::epoch).doesNotHaveDuplicates();
    }

    /** Records of the new topic may come before the reset too, which revokes them. */
    private static boolean sinceReset(SourceTape told, String call) {
        List<String> calls = told.calls();
        return calls.lastIndexOf(call) > calls.indexOf("reset epoch");
    }

    /** K10: its place is beyond the end of the new topic. */
    @Test
    void startsOverWhereATopicWasMadeAgainAndIsShorterThanItsPlace() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 10);
        SourceTape tape = open(topic).awaitRecords(10);
        delete(topic);
        create(topic);
        publish(topic, 20, 21);
        tape.awaitCall("reset epoch").awaitRecords(11);
        assertThat(tape.calls()).containsSubsequence("m=9", "reset epoch", "m=20");
    }

    @Test
    void isStaleWhileItsTopicIsMissingAndStartsOverWithTheNext() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 3);
        SourceTape tape = open(topic).awaitRecords(3);
        delete(topic);
        tape.awaitStale("Topic '" + topic + "' does not exist");
        create(topic);
        publish(topic, 10, 12);
        tape.awaitRecords(5).awaitCall("fresh");
        assertThat(tape.calls()).containsSubsequence("reset epoch", "m=10", "m=11");
    }

    @Test
    void waitsForATopicThatDoesNotExistYet() throws Exception {
        String topic = "not-yet." + System.nanoTime();
        SourceTape tape = open(topic).awaitStale("Topic '" + topic + "' does not exist");
        create(topic);
        publish(topic, 0, 2);
        tape.awaitRecords(2).awaitCall("live").awaitCall("fresh");
        assertThat(tape.calls().get(1)).isEqualTo("opened");
        assertThat(tape.calls()).containsSubsequence("opened", "fresh");
    }

    @Test
    void neverShowsAsAConsumerGroup() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 3);
        open(topic).awaitRecords(3);
        assertThat(kafka.admin().listGroups().all().get()).isEmpty();
    }

    private void delete(String topic) throws Exception {
        kafka.admin().deleteTopics(List.of(topic)).all().get();
    }

    /** Deleting is not done at once, so making the topic again may have to be tried again. */
    private void create(String topic) {
        Await.until("created " + topic, Duration.ofSeconds(30), () -> {
            try {
                kafka.admin()
                        .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
                return true;
            } catch (ExecutionException stillThere) {
                return false;
            }
        });
    }
}
