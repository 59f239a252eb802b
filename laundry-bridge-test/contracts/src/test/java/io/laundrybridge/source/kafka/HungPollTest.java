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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests a Kafka client that does not return from a poll. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class HungPollTest {
    private static final AtomicReference<@Nullable CountDownLatch> HOLD = new AtomicReference<>();

    private final CountDownLatch released = new CountDownLatch(1);

    /** Part of Kafka's client, as its makers provide: hangs within the poll that brings the next records. */
    public static final class Hang implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            CountDownLatch hold = HOLD.getAndSet(null);
            if (hold != null) {
                awaitUninterrupted(hold);
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    private static void awaitUninterrupted(CountDownLatch hold) {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void releases() {
        HOLD.set(null);
        released.countDown();
    }

    @Test
    void isReportedWithinTenSecondsAndAnotherThreadReadsOnWithoutLossOrRepeat(TestKafka kafka) {
        String topic = kafka.newTopic(1);
        SourceTape tape = new SourceTape();
        SourceReader reader = open(kafka, topic, tape);
        HOLD.set(released);
        IntStream.range(0, 10).forEach(i -> kafka.produce(topic, "m", "" + i));
        long from = System.nanoTime();
        tape.awaitStale("it is being started again");
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        tape.awaitRecords(10).awaitCall("fresh");

        released.countDown();
        tape.await("the thread that hung has ended", told -> sources() == 1);
        IntStream.range(10, 20).forEach(i -> kafka.produce(topic, "m", "" + i));
        tape.awaitRecords(20);
        List<String> all = IntStream.range(0, 20).mapToObj(i -> "m=" + i).toList();
        assertThat(tape.texts()).containsExactlyElementsOf(all);
        assertThat(tape.overlapped()).isFalse();
        reader.close();
        tape.await("no thread", told -> sources() == 0);
    }

    @Test
    void endsWithItsReadersEvenSo(TestKafka kafka) {
        String topic = kafka.newTopic(1);
        SourceTape tape = new SourceTape();
        SourceReader reader = open(kafka, topic, tape);
        HOLD.set(released);
        kafka.produce(topic, "m", "0");
        tape.await("the poll hangs", told -> HOLD.get() == null);
        long from = System.nanoTime();
        reader.close();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(6));
        tape.await("the guard cleared up", told -> sources() == 1);
        released.countDown();
        tape.await("no thread", told -> sources() == 0);
        assertThat(tape.records()).isEmpty();
    }

    private static SourceReader open(TestKafka kafka, String topic, SourceTape tape) {
        Map<String, String> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "interceptor.classes", Hang.class.getName());
        SourceReader reader = KafkaSource.topic(topic, SourceProperties.with(properties))
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), tape);
        tape.awaitCall("live");
        return reader;
    }

    private static long sources() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("laundry-bridge-kafka-source"))
                .count();
    }
}
