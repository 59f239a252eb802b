package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.error.RetriableDecodeException;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that one reader serves many topics, and that none of them harms the others. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class SharedReaderTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TestKafka kafka;
    private final Map<String, Object> properties = new HashMap<>();
    private final List<SourceReader> readers = new ArrayList<>();
    private final AtomicLong ahead = new AtomicLong();
    private final Queue<Meter> counted = new ConcurrentLinkedQueue<>();
    private final HostServices services = HostServices.standard()
            .withClock(InstantSource.system(), () -> System.nanoTime() + ahead.get())
            .withTelemetry((meter, label, amount) -> counted.add(meter));
    private final CountDownLatch released = new CountDownLatch(1);

    SharedReaderTest(TestKafka kafka) {
        this.kafka = kafka;
        properties.putAll(SourceProperties.of(kafka.bootstrapServers()));
    }

    @AfterEach
    void closesItsReaders() {
        released.countDown();
        readers.forEach(SourceReader::close);
    }

    private SourceTape open(KafkaSource source, SourceTape tape) {
        readers.add(source.open(new ReadRequest("machines", Duration.ofHours(1), services), tape));
        return tape;
    }

    private SourceTape open(String topic, SourceTape tape) {
        return open(KafkaSource.topic(topic, properties), tape);
    }

    private SourceTape open(String topic) {
        return open(topic, new SourceTape());
    }

    private void publish(String topic, int from, int to) {
        IntStream.range(from, to).forEach(i -> kafka.produce(topic, "m", "" + i));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all
    private void publishFast(String topic, int records) {
        Map<String, Object> fast = Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 20);
        try (var producer = new KafkaProducer<>(fast, new StringSerializer(), new StringSerializer())) {
            IntStream.range(0, records).forEach(i -> producer.send(new ProducerRecord<>(topic, 0, "m", "" + i)));
        }
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m=" + i).toList();
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("laundry-bridge-" + name))
                .count();
    }

    private static void readsInPeace(SourceTape tape, int records) {
        tape.awaitRecords(records);
        assertThat(tape.texts()).containsExactlyElementsOf(expected(0, records));
        assertThat(tape.gaps()).isEmpty();
        assertThat(tape.starts()).hasSize(1);
        assertThat(tape.overlapped()).isFalse();
    }

    @Test
    void readsAllTopicsOfEqualPropertiesWithOneThreadAndEndsWithTheLast() {
        List<String> topics =
                IntStream.range(0, 20).mapToObj(i -> kafka.newTopic(3)).toList();
        topics.forEach(topic -> publish(topic, 0, 1));
        List<SourceTape> tapes = topics.stream().map(this::open).toList();
        tapes.forEach(tape -> tape.awaitRecords(1).awaitCall("live"));
        assertThat(threads("kafka-source")).isEqualTo(1);
        assertThat(threads("kafka-guard")).isEqualTo(1);
        topics.forEach(topic -> publish(topic, 1, 3));
        tapes.forEach(tape -> readsInPeace(tape, 3));
        readers.forEach(SourceReader::close);
        Await.until("no thread", DEADLINE, () -> threads("kafka-source") + threads("kafka-guard") == 0);
    }

    @Test
    void aTopicThatAsksForItsOwnReaderHasOne() {
        String own = kafka.newTopic(1);
        publish(own, 0, 2);
        SourceTape tape = open(KafkaSource.topic(own, properties).withOwnReader(), new SourceTape());
        readsInPeace(tape, 2);
        assertThat(threads(own + "-source")).isEqualTo(1);
        assertThat(threads("kafka-source")).isZero();
    }

    @Test
    void twoSourcesOfOneTopicAreReadBesideEachOther() {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 2);
        SourceTape first = open(topic);
        SourceTape second = open(topic);
        publish(topic, 2, 4);
        readsInPeace(first, 4);
        readsInPeace(second, 4);
    }

    @Test
    void aHandlerThatHangsKeepsItsTopicAloneAndLosesNothing() {
        String hanging = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        SourceTape healthy = open(other).awaitCall("live");
        CountDownLatch hangs = new CountDownLatch(1);
        SourceTape hung = open(hanging, new SourceTape(record -> {
                    hangs.countDown();
                    await(released);
                }))
                .awaitCall("live");
        publish(hanging, 0, 5);
        Await.until("it hangs", DEADLINE, () -> hangs.getCount() == 0);
        publish(other, 0, 5);
        readsInPeace(healthy, 5);
        assertThat(hung.records().size()).isLessThanOrEqualTo(1);
        released.countDown();
        publish(hanging, 5, 8);
        publish(other, 5, 8);
        readsInPeace(hung, 8);
        readsInPeace(healthy, 8);
        assertThat(threads(hanging + "-source")).isEqualTo(1);
    }

    @Test
    void aTopicThatJoinsWhileAHandlerHangsIsRead() {
        String hanging = kafka.newTopic(1);
        String joins = kafka.newTopic(1);
        CountDownLatch hangs = new CountDownLatch(1);
        SourceTape hung = open(hanging, new SourceTape(record -> waitFor(released, hangs)))
                .awaitCall("live");
        publish(hanging, 0, 2);
        await(hangs);
        SourceTape joined = open(joins);
        publish(joins, 0, 2);
        readsInPeace(joined, 2);
        released.countDown();
        readsInPeace(hung, 2);
    }

    /** The fetch that is under way brings the second record of the gated topic; the next brings all the others. */
    @Test
    void whatWasPolledTogetherWithARecordThatHangsIsReadAgain() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        String gated = kafka.newTopic(1);
        List<String> topics =
                IntStream.range(0, 5).mapToObj(i -> kafka.newTopic(1)).toList();
        List<SourceTape> tapes = topics.stream()
                .map(topic -> open(topic, new SourceTape(record -> {
                    if (first.getAndSet(false)) {
                        waitFor(released, hangs);
                    }
                })))
                .toList();
        open(gated, new SourceTape(record -> waitFor(gate, waits))).awaitCall("live");
        tapes.forEach(tape -> tape.awaitCall("live"));
        publish(gated, 0, 1);
        await(waits);
        publish(gated, 1, 2);
        topics.forEach(topic -> publish(topic, 0, 1));
        gate.countDown();
        await(hangs);
        Await.until("the others", DEADLINE, () -> tapes.stream().allMatch(tape -> tape.told("m=0")));
        released.countDown();
        tapes.forEach(tape -> readsInPeace(tape, 1));
    }

    private static void waitFor(CountDownLatch latch, CountDownLatch reached) {
        reached.countDown();
        await(latch);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRecordThatCannotBeDecodedNowHoldsBackItsTopicOnlyUntilItIsWellAndComesBack() {
        String held = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        AtomicBoolean down = new AtomicBoolean(true);
        SourceTape waiting = open(held, new SourceTape(record -> refuse(record, down)));
        SourceTape healthy = open(other).awaitCall("live");
        publish(held, 0, 5);
        waiting.awaitStale("the registry is down");
        publish(other, 0, 5);
        readsInPeace(healthy, 5);
        Await.until("a reader of its own", DEADLINE, () -> threads(held + "-source") == 1);
        down.set(false);
        waiting.awaitCall("fresh");
        Await.until("it shares again", DEADLINE, () -> {
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(5));
            return threads(held + "-source") == 0;
        });
        publish(held, 5, 8);
        waiting.await("the last record", told -> told.told("m=7"));
        assertThat(waiting.texts().stream().distinct()).containsExactlyElementsOf(expected(0, 8));
        assertThat(waiting.texts().stream().filter(text -> !text.equals("m=2"))).doesNotHaveDuplicates(); // tried again
        assertThat(threads("kafka-source")).isEqualTo(1);
        assertThat(counted).containsExactly(Meter.TOPICS_LEFT, Meter.TOPICS_RETURNED);
    }

    private static void refuse(SourceRecord record, AtomicBoolean down) {
        if (down.get() && record.offset() == 2) {
            throw new RetriableDecodeException("the registry is down", new IllegalStateException("expected"));
        }
    }

    @Test
    void aTopicThatIsDeletedAndMadeAgainStartsOverAlone() throws Exception {
        String deleted = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        publish(deleted, 0, 3);
        SourceTape again = open(deleted).awaitRecords(3);
        SourceTape healthy = open(other).awaitCall("live");
        kafka.admin().deleteTopics(List.of(deleted)).all().get();
        again.awaitStale("does not exist");
        publish(other, 0, 5);
        healthy.awaitRecords(5);
        create(deleted);
        publish(deleted, 10, 12);
        publish(other, 5, 8);
        again.awaitCall("reset epoch").awaitRecords(5);
        assertThat(again.calls()).containsSubsequence("m=2", "reset epoch", "m=10", "m=11");
        readsInPeace(healthy, 8);
    }

    /** Deleting is not done at once, so making the topic again may have to be tried again. */
    private void create(String topic) {
        Await.until("created " + topic, DEADLINE, () -> {
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

    @Test
    void recordsThatAreDeletedAreAGapOfTheirTopicAlone() throws Exception {
        String cut = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        publish(cut, 0, 60);
        properties.put("max.poll.records", 1);
        properties.put("max.partition.fetch.bytes", 1);
        CountDownLatch deleted = new CountDownLatch(1);
        SourceTape holey = open(cut, new SourceTape(record -> await(deleted)));
        holey.awaitRecords(1);
        var below50 = Map.of(new TopicPartition(cut, 0), RecordsToDelete.beforeOffset(50));
        kafka.admin().deleteRecords(below50).all().get();
        deleted.countDown();
        SourceTape healthy = open(other).awaitCall("live");
        publish(other, 0, 5);
        readsInPeace(healthy, 5);
        holey.await("the last record", told -> told.told("m=59")).awaitCall("live");
        assertThat(holey.gaps()).hasSize(1);
    }

    @Test
    void aTopicWithALongHistoryDoesNotKeepOthersWaiting() {
        String full = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        publishFast(full, 20_000);
        publish(other, 0, 1);
        SourceTape healthy = open(other).awaitCall("live");
        SourceTape busy = open(full).awaitRecords(1);
        publish(other, 1, 2);
        healthy.awaitRecords(2);
        busy.awaitRecords(20_000);
        readsInPeace(healthy, 2);
    }
}
