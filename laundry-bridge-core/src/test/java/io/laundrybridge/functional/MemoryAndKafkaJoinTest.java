package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic is far larger than the channel's memory: no record is lost, and none comes twice (R5, S3, C6, K15). */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class MemoryAndKafkaJoinTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    private final TestKafka kafka;
    private final List<Bridge> bridges = new ArrayList<>();

    MemoryAndKafkaJoinTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    @Test
    void aFreshNodeServesAnOldPositionFromKafkaThenFromMemoryThenLive() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 6_000);
        WebSocketSink first = node(topic, channel -> channel);
        String head =
                Wire.head(SessionProbe.full(first).subscribe("machines", "").await("\"op\":\"subscribed\""));
        WebSocketSink fresh = node(topic, channel -> channel);
        SessionProbe client = SessionProbe.full(fresh).subscribe("machines", ",\"from\":\"at:" + head + ":0@123.0\"");
        client.await("\"op\":\"live\"");
        publish(topic, 6_000, 100);
        assertThat(Wire.numbers(client.awaitEvents(5_977))).containsExactlyElementsOf(Wire.range(123, 6_100));
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
    }

    @Test
    void aSessionThatStalledUnderLoadMissesNothing() throws Exception {
        String topic = kafka.newTopic(1);
        WebSocketSink node = node(topic, channel -> channel);
        SessionProbe slow = SessionProbe.full(node).subscribe("machines", "");
        slow.await("\"op\":\"live\"");
        publish(topic, 0, 10);
        slow.awaitEvents(10);
        slow.stopReading();
        publish(topic, 10, 6_000);
        SessionProbe other = SessionProbe.full(node).subscribe("machines", ",\"from\":\"last:1\"");
        other.await("the last event", line -> line.contains("\"n\":6009}"));
        slow.readAgain();
        assertThat(Wire.numbers(slow.awaitEvents(6_010))).containsExactlyElementsOf(Wire.range(0, 6_010));
    }

    @Test
    void stateIsCompleteHoweverOldItIs() throws Exception {
        String topic = kafka.newTopic(1);
        publish(topic, 0, 5_000);
        kafka.produce(topic, "m-4", null);
        WebSocketSink node = node(topic, ChannelBuilder::latestByKey);
        SessionProbe client = SessionProbe.full(node).subscribe("machines", "");
        assertThat(client.await("\"state\":\"end\"")).contains("\"count\":9");
        assertThat(Wire.numbers(client.events()))
                .containsExactly(4_990, 4_991, 4_992, 4_993, 4_995, 4_996, 4_997, 4_998, 4_999);
    }

    /** Three partitions far behind memory: the replay shows them side by side, and ends exactly before its end. */
    @Test
    void theirPastIsPlayedAtAPaceUpToAnEnd() throws Exception {
        String topic = kafka.newTopic(3);
        WebSocketSink node = node(topic, channel -> channel);
        SessionProbe newest = SessionProbe.full(node).subscribe("machines", "");
        newest.await("\"op\":\"live\"");
        long past = System.currentTimeMillis() - 600_000;
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            send(producer, topic, 0, 3_000, n -> past + n * 20L); // markers of transactions would have the present time
            send(producer, topic, 3_000, 6_000, n -> System.currentTimeMillis());
        }
        newest.await("the last event", line -> line.contains("\"n\":5999}"));
        long began = System.nanoTime();
        SessionProbe client = SessionProbe.full(node)
                .subscribe(
                        "machines",
                        ",\"from\":\"since:" + past + "\",\"pace\":16,\"until\":\"" + (past + 20_000) + "\"");
        client.await("\"op\":\"paused\"");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(19_980 / 16));
        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 1_000));
        client.subscribe("machines", "");
        client.await("\"op\":\"live\"");
        assertThat(Wire.numbers(client.awaitEvents(6_000))).containsExactlyInAnyOrderElementsOf(Wire.range(0, 6_000));
    }

    /** Timestamps go back and forth, and transactions are aborted on both sides of the time. */
    @Test
    void aTimeBehindMemoryIsServedFromKafkaThenFromMemoryThenLive() throws Exception {
        String topic = kafka.newTopic(3);
        WebSocketSink node = node(topic, channel -> channel);
        SessionProbe newest = SessionProbe.full(node).subscribe("machines", "");
        newest.await("\"op\":\"live\"");
        Random random = new Random(11);
        send(topic, 0, 1_500, n -> System.currentTimeMillis() - random.nextInt(5_000));
        Thread.sleep(20);
        long time = System.currentTimeMillis();
        Thread.sleep(20);
        send(topic, 1_500, 4_500, n -> n < 1_503 ? time : time + random.nextInt(-5_000, 5_000));
        newest.await("the last event", line -> line.contains("\"n\":5999}"));
        SessionProbe client =
                SessionProbe.full(node).subscribe("machines", ",\"from\":\"since:" + Instant.ofEpochMilli(time) + "\"");
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        client.await("\"op\":\"live\"");
        send(topic, 6_000, 30, n -> time - 5_000);
        List<Integer> got = Wire.numbers(client.awaitEvents(4_530));
        for (int p = 0; p < 3; p++) {
            int partition = p;
            assertThat(got.stream().filter(n -> n % 3 == partition))
                    .containsExactlyElementsOf(Wire.range(1_500, 6_030).stream()
                            .filter(n -> n % 3 == partition)
                            .toList());
        }
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
    }

    /** This node has seen no record of the partition, so it knows no leader epoch; one thread replays for all. */
    @Test
    void aForgedLeaderEpochIsResetAndHarmsNoOtherClient() throws Exception {
        String topic = kafka.newTopic(1);
        sendOld(topic, 3_000);
        ReplayLimits one = ReplayLimits.DEFAULT
                .withReaders(1)
                .withPieceBytes(16 << 10)
                .withHeldBytes(32 << 10)
                .withBytesPerSecond(1 << 30);
        WebSocketSink node = node(topic, channel -> channel.replayLimits(one));
        SessionProbe first = SessionProbe.full(node).subscribe("machines", ",\"from\":\"earliest\"");
        String head = Wire.head(first.await("\"op\":\"subscribed\""));
        first.awaitEvents(100);
        SessionProbe forger = SessionProbe.full(node)
                .subscribe("machines", ",\"from\":\"at:" + head + ":0@1." + Integer.MAX_VALUE + "\"");
        SessionProbe honest = SessionProbe.full(node).subscribe("machines", ",\"from\":\"at:" + head + ":0@0\"");
        assertThat(Wire.numbers(honest.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
        assertThat(Wire.numbers(first.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
        assertThat(forger.await("\"op\":\"reset\"")).contains("\"reason\":\"truncated\"");
    }

    /** Retention has moved on while the node ran. */
    @Test
    void earliestOnAnOldNodeIsTheBeginningThatTheTopicHasNow() throws Exception {
        String topic = kafka.newTopic(2);
        WebSocketSink node = node(topic, channel -> channel);
        publish(topic, 0, 5_000);
        SessionProbe last = SessionProbe.full(node).subscribe("machines", ",\"from\":\"last:1\"");
        last.await("the last event", line -> line.contains("\"n\":4999}"));
        kafka.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1_000)))
                .all()
                .get();
        SessionProbe client = SessionProbe.full(node).subscribe("machines", ",\"from\":\"earliest\"");
        client.await("\"op\":\"live\"");
        assertThat(client.await("subscribed")).contains("\"recovered\":true");
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(1_000, 5_000));
    }

    @Test
    void partitionsThatTheTopicDoesNotHaveAreRefused() throws Exception {
        String topic = kafka.newTopic(2);
        WebSocketSink node = node(topic, channel -> channel);
        SessionProbe client = SessionProbe.full(node).subscribe("machines", "");
        String head = Wire.head(client.await("\"op\":\"subscribed\""));
        SessionProbe forger = SessionProbe.full(node).subscribe("machines", ",\"from\":\"at:" + head + ":0@0,2@0\"");
        assertThat(forger.await("\"op\":\"error\"")).contains("bad_position").contains("2 partitions");
    }

    private void sendOld(String topic, int count) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        long dayAgo = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, dayAgo, "m-" + n % 10, "{\"n\":" + n + "}")));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    /** Written in transactions; before each of them, one of old records is aborted. */
    private void send(String topic, int first, int count, IntToLongFunction stamp) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic + first);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (int from = first; from < first + count; from += 500) {
                int to = Math.min(first + count, from + 500);
                producer.beginTransaction();
                send(producer, topic, from, to, n -> 1_000_000_000_000L);
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, topic, from, to, stamp);
                producer.commitTransaction();
            }
        }
    }

    private static void send(
            KafkaProducer<String, String> producer, String topic, int from, int to, IntToLongFunction stamp)
            throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int n = from; n < to; n++) {
            String value = "{\"n\":" + n + "}";
            sent.add(producer.send(new ProducerRecord<>(topic, n % 3, stamp.applyAsLong(n), "m-" + n % 10, value)));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    private WebSocketSink node(String topic, UnaryOperator<ChannelBuilder> settings) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        KafkaSource source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
        Bridge bridge = settings.apply(
                        Bridge.from(source).channel("machines").retain(SMALL).access(Access.anonymous()))
                .to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(20));
        return sink;
    }

    private void publish(String topic, int first, int count) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int n = first; n < first + count; n++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, "m-" + n % 10, "{\"n\":" + n + "}")));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }
}
