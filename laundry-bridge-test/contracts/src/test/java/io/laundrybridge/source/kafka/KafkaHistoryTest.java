package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
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
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks that a replay before memory is complete and has committed records only (K1, K3, K4, K5). */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class KafkaHistoryTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestKafka kafka;
    private final Map<String, Object> properties = new HashMap<>();
    private @Nullable HistoryReader reader;

    KafkaHistoryTest(TestKafka kafka) {
        this.kafka = kafka;
        properties.putAll(SourceProperties.of(kafka.bootstrapServers()));
    }

    @AfterEach
    void closesItsReader() {
        if (reader != null) {
            reader.close();
        }
    }

    @Test
    void readsARangeOfEveryPartitionAndNothingElse() throws Exception {
        String topic = kafka.newTopic(2);
        for (int i = 0; i < 20; i++) {
            kafka.produce(new ProducerRecord<>(topic, i % 2, bytes("m"), bytes("" + i)));
        }
        Heard heard = new Heard(Integer.MAX_VALUE);
        PositionVector end = open(topic).read(PositionVector.of(3, 5), PositionVector.of(7, 8), LONG, heard);
        assertThat(heard.values).containsExactlyInAnyOrder("6", "8", "10", "12", "11", "13", "15");
        assertThat(end).isEqualTo(PositionVector.of(new long[] {7, 8}, new int[] {0, 0}));
    }

    @Test
    void goesOnWhereItStoppedWithoutHoleOrRepeat() throws Exception {
        String topic = kafka.newTopic(1);
        List<Future<?>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 2_000; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, bytes("m"), bytes("" + i))));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
        HistoryReader history = open(topic);
        List<String> all = new ArrayList<>();
        PositionVector place = PositionVector.of(0);
        int reads = 0;
        for (; place.next(0) < 2_000; reads++) {
            Heard heard = new Heard(300);
            place = history.read(place, PositionVector.of(2_000), LONG, heard);
            all.addAll(heard.values);
        }
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(i -> "" + i).toList());
        assertThat(reads).isBetween(4, 7);
    }

    @Test
    void aForgedLeaderEpochReachesNoConsumer() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m", "0");
        kafka.produce(topic, "m", "1");
        HistoryReader history = open(topic);
        history.read(PositionVector.of(0), PositionVector.of(1), LONG, new Heard(Integer.MAX_VALUE));
        PositionVector forged = PositionVector.of(new long[] {0}, new int[] {Integer.MAX_VALUE});
        Heard heard = new Heard(Integer.MAX_VALUE);
        history.read(forged, PositionVector.of(2), LONG, heard);
        assertThat(heard.values).containsExactly("0", "1");
    }

    @Test
    void passesWhatWasTakenBackAndMarkersUpToTheVeryEnd() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m", "0");
        try (Producer<byte[], byte[]> producer = transactional()) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, bytes("m"), bytes("aborted")))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, bytes("m"), bytes("committed")))
                    .get();
            producer.commitTransaction();
        }
        Heard heard = new Heard(Integer.MAX_VALUE);
        PositionVector end = open(topic).read(PositionVector.of(0), PositionVector.of(5), LONG, heard);
        assertThat(heard.values).containsExactly("0", "committed");
        assertThat(end.next(0)).isEqualTo(5);
        assertThat(heard.gaps).isEmpty();
    }

    @Test
    void recordsThatKafkaNoLongerHasAreAGap() throws Exception {
        String topic = kafka.newTopic(1);
        IntStream.range(0, 10).forEach(i -> kafka.produce(topic, "m", "" + i));
        kafka.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(6)))
                .all()
                .get();
        Heard heard = new Heard(Integer.MAX_VALUE);
        PositionVector end = open(topic).read(PositionVector.of(2), PositionVector.of(9), LONG, heard);
        assertThat(heard.gaps).containsExactly(Gap.of(0, 2, 6, GapReason.RETENTION));
        assertThat(heard.values).containsExactly("6", "7", "8");
        assertThat(end.next(0)).isEqualTo(9);
    }

    @Test
    void aPlaceBeyondTheEndNoLongerExistsAndTheReaderCanBeAskedAgain() throws Exception {
        String topic = kafka.newTopic(1);
        IntStream.range(0, 5).forEach(i -> kafka.produce(topic, "m", "" + i));
        HistoryReader history = open(topic);
        assertThatThrownBy(() ->
                        history.read(PositionVector.of(50), PositionVector.of(60), LONG, new Heard(Integer.MAX_VALUE)))
                .isInstanceOfSatisfying(
                        HistoryException.class,
                        e -> assertThat(e.reason()).isEqualTo(HistoryException.Reason.TRUNCATED));
        Heard heard = new Heard(Integer.MAX_VALUE);
        history.read(PositionVector.of(0), PositionVector.of(5), LONG, heard);
        assertThat(heard.values).hasSize(5);
    }

    @Test
    void aTimeIsTheFirstRecordOfEachPartitionStampedThenOrLater() throws Exception {
        String topic = kafka.newTopic(4);
        long[] stamps = {5_000, 9_000, 3_000, 7_000, 4_000, 8_000};
        for (long stamp : stamps) {
            kafka.produce(new ProducerRecord<>(topic, 0, stamp, bytes("m"), bytes("" + stamp)));
            kafka.produce(new ProducerRecord<>(topic, 1, stamp / 2, bytes("m"), bytes("" + stamp)));
        }
        kafka.produce(new ProducerRecord<>(topic, 2, 6_999L, bytes("m"), bytes("old")));
        PositionVector otherwise = PositionVector.of(6, 6, 1, 0);
        HistoryReader history = open(topic);
        assertThat(history.firstSince(0, otherwise)).isEqualTo(PositionVector.of(0, 0, 0, 0));
        assertThat(history.firstSince(5_001, otherwise)).isEqualTo(PositionVector.of(1, 6, 0, 0));
        assertThat(history.firstSince(7_000, otherwise)).isEqualTo(PositionVector.of(1, 6, 1, 0));
        assertThat(history.firstSince(4_400, otherwise)).isEqualTo(PositionVector.of(0, 1, 0, 0));
        assertThat(history.firstSince(9_001, otherwise)).isEqualTo(otherwise);
        assertThat(history.firstSince(Long.MAX_VALUE, otherwise)).isEqualTo(otherwise);
    }

    @Test
    void aTimeLeavesNoCommittedRecordOutAroundTransactions() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(new ProducerRecord<>(topic, 0, 1_000L, bytes("m"), bytes("before")));
        try (Producer<byte[], byte[]> producer = transactional()) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, 5_000L, bytes("m"), bytes("aborted")))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, 5_000L, bytes("m"), bytes("committed")))
                    .get();
            PositionVector read = PositionVector.of(3);
            HistoryReader history = open(topic);
            PositionVector open = history.firstSince(6_000, read);
            assertThat(open.next(0))
                    .as("nothing behind what was read is known to be stamped then")
                    .isBetween(2L, 3L);
            producer.commitTransaction();
            PositionVector place = history.firstSince(4_000, PositionVector.of(5));
            assertThat(place.next(0)).isBetween(1L, 3L);
            Heard heard = new Heard(Integer.MAX_VALUE);
            history.read(place, PositionVector.of(5), LONG, heard);
            assertThat(heard.values).containsExactly("committed");
        }
    }

    @Test
    void aTimeInATopicThatIsNotThereCanBeAskedForAgain() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.admin().deleteTopics(List.of(topic)).all().get();
        HistoryReader history = open(topic);
        assertThatThrownBy(() -> history.firstSince(5_000, PositionVector.of(0)))
                .isInstanceOfSatisfying(
                        HistoryException.class,
                        e -> assertThat(e.reason()).isEqualTo(HistoryException.Reason.UNAVAILABLE));
    }

    private HistoryReader open(String topic) {
        HistoryReader opened = KafkaSource.topic(topic, properties).history(HostServices.standard());
        reader = opened;
        return opened;
    }

    private Producer<byte[], byte[]> transactional() {
        Map<String, Object> own = new HashMap<>(properties);
        own.put("transactional.id", "tx-" + System.nanoTime());
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Heard implements HistoryHandler {
        private final List<String> values = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final int enough;

        Heard(int enough) {
            this.enough = enough;
        }

        @Override
        public void record(SourceRecord record) {
            values.add(new String(record.value(), StandardCharsets.UTF_8));
        }

        @Override
        public void gap(Gap gap) {
            gaps.add(gap);
        }

        @Override
        public boolean wantsMore() {
            return values.size() < enough;
        }
    }
}
