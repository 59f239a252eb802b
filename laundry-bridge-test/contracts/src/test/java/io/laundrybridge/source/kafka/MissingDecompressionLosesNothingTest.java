package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that records which this node cannot decompress are not skipped, and that other partitions continue (cases D1,
 * D1b).
 */
@Tag("kafka")
@Tag("kafka-contract")
@ExtendWith(KafkaFixture.class)
class MissingDecompressionLosesNothingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TestKafka kafka;
    private final String topic;
    private final List<String> told = new CopyOnWriteArrayList<>();

    MissingDecompressionLosesNothingTest(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(3);
    }

    /** Runs among the isolated classes; it passes only classes of the JDK to the outside. */
    public static final class Reader {
        private Reader() {}

        public static AutoCloseable open(String servers, String topic, List<String> told) {
            findKafkasPartsHere();
            ReadRequest request = new ReadRequest("machines", Duration.ofHours(1), HostServices.standard());
            SourceReader reader = KafkaSource.topic(topic, properties(servers)).open(request, new CallRecorder(told));
            findKafkasPartsOutside();
            return reader;
        }

        public static String again(String servers, String topic) throws InterruptedException {
            findKafkasPartsHere();
            try (var history = KafkaSource.topic(topic, properties(servers)).history(HostServices.standard())) {
                PositionVector goal = PositionVector.of(20, 0, 0);
                history.read(PositionVector.of(0, 0, 0), goal, Duration.ofSeconds(20), new Unheard());
                return "read";
            } catch (HistoryException e) {
                return e.reason() + " " + e.getMessage();
            } finally {
                findKafkasPartsOutside();
            }
        }

        private static void findKafkasPartsHere() {
            Thread.currentThread().setContextClassLoader(Reader.class.getClassLoader());
        }

        private static void findKafkasPartsOutside() {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        private static Map<String, Object> properties(String servers) {
            return SourceProperties.of(servers);
        }
    }

    private record Unheard() implements HistoryHandler {
        @Override
        public void record(SourceRecord record) {
            throw new IllegalStateException("a record that cannot be decompressed: " + record.offset());
        }

        @Override
        public void gap(Gap gap) {
            throw new IllegalStateException(gap.toString());
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zstd, com.github.luben.zstd.",
        "snappy, org.xerial.snappy.",
        "snappy, org.xerial.snappy.SnappyApi",
        "lz4, org.apache.kafka.common.compress.Lz4BlockInputStream"
    })
    void itsChannelIsStaleWithThatReasonAndTheOthersGoOn(String codec, String missing) throws Exception {
        write(1, "none");
        write(0, codec);
        try (IsolatedClasses classes = IsolatedClasses.without(missing)) {
            Class<?> reader = classes.loadClass(Reader.class.getName());
            AutoCloseable open = (AutoCloseable) reader.getMethod("open", String.class, String.class, List.class)
                    .invoke(null, kafka.bootstrapServers(), topic, told);
            Await.until("stale", DEADLINE, () -> told.stream().anyMatch(MissingDecompressionLosesNothingTest::stale));
            write(2, "none");
            Await.until("the others", DEADLINE, () -> told.contains("1@19") && told.contains("2@19"));
            open.close();
            assertThat(reader.getMethod("again", String.class, String.class)
                            .invoke(null, kafka.bootstrapServers(), topic))
                    .asString()
                    .startsWith("UNAVAILABLE")
                    .contains("decompress");
        }
        assertThat(told)
                .noneMatch(call -> call.startsWith("0@") || call.startsWith("Gap") || call.equals("fresh"))
                .filteredOn(call -> call.startsWith("stale"))
                .allMatch(call -> call.contains(codec + " decompression"));
        aNodeThatCanReadsAll();
    }

    private void aNodeThatCanReadsAll() {
        SourceTape tape = new SourceTape();
        ReadRequest request = new ReadRequest("machines", Duration.ofHours(1), HostServices.standard());
        SourceReader reader = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()))
                .open(request, tape);
        tape.awaitRecords(60);
        reader.close();
        assertThat(tape.gaps()).isEmpty();
    }

    private static boolean stale(String call) {
        return call.startsWith("stale") && call.contains("decompress");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all
    private void write(int partition, String compression) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "compression.type", compression, "linger.ms", 20);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            IntStream.range(0, 20)
                    .forEach(i -> producer.send(new ProducerRecord<>(topic, partition, "m", "{\"n\":" + i + "}")));
        }
    }
}
