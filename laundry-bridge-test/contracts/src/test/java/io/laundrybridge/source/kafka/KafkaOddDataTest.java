package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests data that is odd but valid, and Kafka's cleaning of it. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class KafkaOddDataTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka;
    private final List<SourceReader> readers = new ArrayList<>();

    KafkaOddDataTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private SourceTape open(String topic) {
        SourceTape tape = new SourceTape();
        Map<String, Object> properties = SourceProperties.of(kafka.bootstrapServers());
        properties.put("client.id", "odd-" + topic);
        readers.add(KafkaSource.topic(topic, properties)
                .open(new ReadRequest("machines", Duration.ofDays(1), HostServices.standard()), tape));
        return tape;
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** K2, M3. */
    @Test
    void aTransactionThatIsNeverEndedIsAbortedByKafkaAndLaterRecordsAreShown() throws Exception {
        String topic = kafka.newTopic(1);
        SourceTape tape = open(topic).awaitCall("live");
        try (var hung = producer(Map.of("transactional.id", "tx-" + topic, "transaction.timeout.ms", 8_000))) {
            hung.initTransactions();
            hung.beginTransaction();
            hung.send(new ProducerRecord<>(topic, 0, bytes("m"), bytes("never committed")))
                    .get();
            kafka.produce(topic, "m", "behind it");
            tape.awaitStale("transaction in topic '" + topic + "' has been open");
            assertThat(tape.records()).isEmpty();
            tape.awaitCall("fresh").awaitRecords(1);
            assertThat(tape.texts()).containsExactly("m=behind it");
            assertThat(tape.gaps()).isEmpty();
        }
    }

    /** K1, K15, M9. */
    @Test
    void holesOfACompactedTopicAreNoGapsAndDeletionsAreRecords() {
        String topic = kafka.newTopic(
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "100",
                        "min.cleanable.dirty.ratio", "0.01",
                        "max.compaction.lag.ms", "100"));
        IntStream.range(0, 30).forEach(i -> kafka.produce(topic, "m-" + i % 3, "" + i));
        kafka.produce(topic, "m-1", null);
        Await.until("compaction", PATIENCE, () -> {
            kafka.produce(topic, "other", "x"); // the segment that is written to is not cleaned
            return CommittedRead.of(kafka.bootstrapServers(), topic).stream()
                            .filter(record -> !"other".equals(record.key()))
                            .count()
                    <= 3;
        });
        SourceTape tape = open(topic).awaitCall("live");
        assertThat(tape.texts())
                .filteredOn(text -> text.startsWith("m-"))
                .containsExactly("m-0=27", "m-2=29", "m-1=null");
        assertThat(tape.gaps()).isEmpty();
    }

    /** K18. */
    @Test
    void timesThatGoBackwardsOrAreFarAheadChangeNothingAboutTheOrder() {
        String topic = kafka.newTopic(1, Map.of("message.timestamp.after.max.ms", "" + Long.MAX_VALUE));
        long now = System.currentTimeMillis();
        for (long time : new long[] {now, 0, now + Duration.ofDays(3_000).toMillis(), now - 1, 1, now}) {
            kafka.produce(new ProducerRecord<>(topic, 0, time, bytes("m"), bytes("" + time)));
        }
        SourceTape tape = new SourceTape();
        readers.add(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()))
                .open(new ReadRequest("machines", ReadRequest.WHOLE, HostServices.standard()), tape));
        tape.awaitCall("live");
        assertThat(tape.records()).extracting(record -> record.offset()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    /** K22, K23. */
    @Test
    void recordsOfMegabytesAndBatchesThatSwellPassOneByOne() throws Exception {
        String topic = kafka.newTopic(1, Map.of("max.message.bytes", "20000000"));
        SourceTape tape = open(topic).awaitCall("live");
        try (var large = producer(Map.of(
                "max.request.size",
                64 << 20,
                "buffer.memory",
                128 << 20,
                "batch.size",
                16 << 20,
                "linger.ms",
                500,
                "compression.type",
                "zstd"))) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(large.send(new ProducerRecord<>(topic, 0, bytes("zeros"), new byte[1 << 20])));
            }
            sent.add(large.send(new ProducerRecord<>(topic, 0, bytes("one"), new byte[8 << 20])));
            for (Future<?> each : sent) {
                each.get();
            }
        }
        kafka.produce(topic, "m", "after");
        tape.await("the last", told -> told.told("m=after"));
        assertThat(tape.records()).hasSize(22);
        assertThat(tape.gaps()).isEmpty();
    }

    /** N13, M13. */
    @Test
    void aQuotaIsReportedAndNothingIsLost() throws Exception {
        String topic = kafka.newTopic(1);
        SourceTape tape = open(topic).awaitCall("live");
        quota(topic, 2_000.0);
        for (int i = 0; i < 60; i++) {
            kafka.produce(topic, "m", "x".repeat(4_000) + i);
        }
        tape.awaitStale("has used up its quota");
        quota(topic, null);
        Await.until("all of it", PATIENCE, () -> tape.records().size() == 60);
        tape.awaitCall("fresh");
        assertThat(tape.gaps()).isEmpty();
    }

    private void quota(String topic, @Nullable Double bytesPerSecond) throws Exception {
        var client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "odd-" + topic));
        var change = new ClientQuotaAlteration(
                client, List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond)));
        kafka.admin().alterClientQuotas(List.of(change)).all().get();
    }
}
