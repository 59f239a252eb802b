package io.laundrybridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord.Header;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records of a sink are in Kafka as they were sent, or their failure says why not. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class KafkaSinkTest {
    private static final String THREAD = "laundry-bridge-kafka-sink";

    private final TestKafka kafka;

    KafkaSinkTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private static RecordPlace place(CompletableFuture<RecordPlace> outcome) throws Exception {
        return outcome.get(Publishes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anAckIsThePlaceOfTheRecordWithItsKeyValueAndHeaders() throws Exception {
        String topic = kafka.newTopic(4);
        OutgoingRecord record = new OutgoingRecord(
                "m-42".getBytes(UTF_8),
                "{\"stop\":true}".getBytes(UTF_8),
                List.of(new Header("laundry-bridge-mid", "a".getBytes(UTF_8)), new Header("empty", null)));
        try (Publishes publishes = Publishes.to(topic, kafka.bootstrapServers());
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            RecordPlace place = place(publishes.connection().send(record).toCompletableFuture());
            TopicPartition partition = new TopicPartition(topic, place.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.offset());
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            Await.until("the record", Publishes.PATIENCE, () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                return !read.isEmpty();
            });
            assertThat(read.get(0).key()).isEqualTo(record.key());
            assertThat(read.get(0).value()).isEqualTo(record.value());
            assertThat(read.get(0).headers().lastHeader("laundry-bridge-mid").value())
                    .isEqualTo("a".getBytes(UTF_8));
            assertThat(read.get(0).headers().lastHeader("empty").value()).isNull();
            assertThat(place.toString()).isEqualTo(place.partition() + "@" + place.offset());
            assertThat(publishes.connection().trouble()).isEmpty();
        }
    }

    @Test
    void recordsOfOneKeyKeepTheirOrderAndDeletionsAreStored() throws Exception {
        String topic = kafka.newTopic(3);
        try (Publishes publishes = Publishes.to(topic, kafka.bootstrapServers())) {
            // In a new partition a record is refused for good if a later one came first.
            for (int n = 0; n < 5; n++) {
                publishes.store("m-" + n, "first");
            }
            List<CompletableFuture<RecordPlace>> outcomes = IntStream.range(0, 500)
                    .mapToObj(n -> publishes.send("m-" + n % 5, n % 50 == 0 ? null : "" + n))
                    .toList();
            List<RecordPlace> places = new ArrayList<>();
            for (CompletableFuture<RecordPlace> outcome : outcomes) {
                places.add(place(outcome));
            }
            assertThat(places).doesNotHaveDuplicates();
            Map<RecordPlace, CommittedRecord> stored = new HashMap<>();
            for (CommittedRecord record : CommittedRead.of(kafka.bootstrapServers(), topic)) {
                stored.put(new RecordPlace(record.partition(), record.offset(), -1), record);
            }
            assertThat(stored).hasSize(505);
            Map<String, Long> last = new HashMap<>();
            for (int n = 0; n < 500; n++) {
                CommittedRecord record = Objects.requireNonNull(stored.get(places.get(n)));
                assertThat(record.value()).isEqualTo(n % 50 == 0 ? null : "" + n);
                Long before = last.put(record.key(), record.offset());
                assertThat(before == null || before < record.offset()).isTrue();
            }
        }
    }

    /** Knows which threads ask it. */
    public static final class ThreadKeeper implements Partitioner {
        static final Set<String> ASKED_BY = ConcurrentHashMap.newKeySet();

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            ASKED_BY.add(Thread.currentThread().getName());
            return 0;
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    @Test
    void kafkasSendRunsOnTheSinksThreadAndNeverOnTheCallers() throws Exception {
        Map<String, ?> properties = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "partitioner.class", ThreadKeeper.class.getName());
        try (Publishes publishes = Publishes.to(kafka.newTopic(1), properties)) {
            place(publishes.send("k", "v"));
            assertThat(ThreadKeeper.ASKED_BY).containsExactly(THREAD);
        }
    }

    /** Has a fault for some keys. */
    public static final class PickyPartitioner implements Partitioner {
        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            if (keyBytes[0] == 'x') {
                throw new IllegalArgumentException("x");
            }
            return 0;
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    @Test
    void aPartitionerThatThrowsHarmsItsRecordAlone() throws Exception {
        Map<String, ?> properties = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "partitioner.class", PickyPartitioner.class.getName());
        try (Publishes publishes = Publishes.to(kafka.newTopic(1), properties)) {
            place(publishes.send("k", "before"));
            assertThat(Publishes.failure(publishes.send("x", "v")).failure()).isEqualTo(Failure.UNAVAILABLE);
            publishes.store("k", "after");
        }
    }

    private static HostServices node(Map<Meter, AtomicLong> meters) {
        return HostServices.standard()
                .withTelemetry((meter, label, amount) ->
                        meters.computeIfAbsent(meter, some -> new AtomicLong()).addAndGet(amount));
    }

    private static long sinkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .count();
    }

    @Test
    void sinksOfOneNodeAndClusterShareAProducerAndTheLastEndsIt() throws Exception {
        String one = kafka.newTopic(1);
        String other = kafka.newTopic(1);
        Map<String, ?> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        HostServices node = node(new EnumMap<>(Meter.class));
        long before = sinkThreads();
        Publishes first = Publishes.to(KafkaSink.topic(one, properties), node);
        Publishes second = Publishes.to(KafkaSink.topic(other, properties), node);
        assertThat(sinkThreads()).isEqualTo(before + 1);
        Publishes elsewhere = Publishes.to(KafkaSink.topic(one, properties), node(new EnumMap<>(Meter.class)));
        assertThat(sinkThreads()).isEqualTo(before + 2);
        place(first.send("k", "1"));
        first.close();
        place(second.send("k", "2"));
        place(elsewhere.send("k", "3"));
        elsewhere.close();
        second.close();
        Await.until("the threads end", Publishes.PATIENCE, () -> sinkThreads() == before);
        assertThat(Publishes.failure(first.send("k", "late")).failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(CommittedRead.of(kafka.bootstrapServers(), one)).hasSize(2);
    }

    @Test
    void aValueThatIsTooLargeForTheTopicOrTheProducerIsNamedAndOthersGoOn() throws Exception {
        String topic = kafka.newTopic(1, Map.of("max.message.bytes", "2000"));
        try (Publishes publishes = Publishes.to(topic, kafka.bootstrapServers())) {
            CompletableFuture<RecordPlace> small = publishes.send("k", "small");
            CompletableFuture<RecordPlace> large = publishes.send("k", "x".repeat(10_000));
            CompletableFuture<RecordPlace> huge = publishes.send("k", "x".repeat(2_000_000));
            CompletableFuture<RecordPlace> next = publishes.send("k", "next");
            assertThat(Publishes.failure(large).failure()).isEqualTo(Failure.TOO_LARGE);
            assertThat(Publishes.failure(huge).failure()).isEqualTo(Failure.TOO_LARGE);
            place(small);
            place(next);
            assertThat(publishes.connection().trouble()).isEmpty();
        }
    }

    @Test
    void aCompactedTopicRefusesARecordWithoutAKeyAndItsNeighboursAreStored() throws Exception {
        String topic = kafka.newTopic(1, Map.of("cleanup.policy", "compact"));
        Map<String, ?> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "100", "batch.size", "16384");
        try (Publishes publishes = Publishes.to(topic, properties)) {
            CompletableFuture<RecordPlace> before = publishes.send("a", "1");
            CompletableFuture<RecordPlace> without = publishes.send(null, "2");
            CompletableFuture<RecordPlace> after = publishes.send("b", "3");
            PublishException failure = Publishes.failure(without);
            assertThat(failure.failure()).isEqualTo(Failure.REFUSED);
            assertThat(failure).hasMessageContaining("key");
            place(before);
            place(after);
            assertThat(CommittedRead.of(kafka.bootstrapServers(), topic))
                    .extracting(CommittedRecord::key)
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void aMissingTopicIsNamedToOperatorsDelaysNoOtherAndIsFoundLater() throws Exception {
        String topic = kafka.newTopic(1);
        String missing = "missing-" + topic;
        Map<String, ?> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        HostServices node = node(new EnumMap<>(Meter.class));
        try (Publishes well = Publishes.to(KafkaSink.topic(topic, properties), node);
                Publishes astray = Publishes.to(KafkaSink.topic(missing, properties), node)) {
            PublishException failure = Publishes.failure(astray.send("k", "v"));
            assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
            assertThat(failure.getMessage()).doesNotContain(missing).doesNotContain("127.0.0.1");
            astray.awaitTrouble("'" + missing + "' does not exist");
            assertThat(well.connection().trouble()).isEmpty();
            for (int n = 0; n < 20; n++) {
                Publishes.failure(astray.send("k", "v"));
                place(well.send("k", "v"));
            }
            kafka.admin()
                    .createTopics(List.of(new NewTopic(missing, 1, (short) 1)))
                    .all()
                    .get();
            astray.store("k", "found");
            assertThat(astray.connection().trouble()).isEmpty();
        }
    }

    @Test
    void beyondItsBoundsASinkIsBusyAndCountsIt() throws Exception {
        String topic = kafka.newTopic(1);
        Map<String, ?> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "1000", "batch.size", "16384");
        Map<Meter, AtomicLong> meters = new ConcurrentHashMap<>();
        try (Publishes publishes =
                Publishes.to(KafkaSink.topic(topic, properties).waiting(3, 100_000), node(meters))) {
            List<CompletableFuture<RecordPlace>> taken = IntStream.range(0, 3)
                    .mapToObj(n -> publishes.send("k", "" + n))
                    .toList();
            assertThat(Publishes.failure(publishes.send("k", "3")).failure()).isEqualTo(Failure.BUSY);
            assertThat(meters.get(Meter.SINK_FULL)).hasValue(1);
            assertThat(meters.get(Meter.SINK_WAITING)).hasValue(3);
            for (CompletableFuture<RecordPlace> each : taken) {
                place(each);
            }
            assertThat(Publishes.failure(publishes.send("k", "x".repeat(200_000)))
                            .failure())
                    .isEqualTo(Failure.TOO_LARGE);
            place(publishes.send("k", "again"));
            assertThat(meters.get(Meter.SINK_WAITING)).hasValue(0);
            assertThat(meters.get(Meter.SINK_WAITING_BYTES)).hasValue(0);
        }
    }
}
