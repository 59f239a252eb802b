package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a Kafka source whose Kafka lost or damaged records. */
@Tag("kafka")
@Tag("kafka-contract")
class KafkaDamageTest {

    private static final ReadRequest REQUEST =
            new ReadRequest("machines", Duration.ofHours(1), HostServices.standard());

    private static SourceReader open(String topic, String bootstrapServers, SourceTape tape) {
        return KafkaSource.topic(topic, SourceProperties.of(bootstrapServers)).open(REQUEST, tape);
    }

    @Test
    void skipsARecordWhoseBytesAreDamagedWithAGap() throws Exception {
        try (TestKafka kafka = KafkaFixture.privateBroker()) {
            String topic = kafka.newTopic(1);
            String other = kafka.newTopic(1);
            IntStream.range(0, 4).forEach(i -> kafka.produce(topic, "m", "value-" + i));
            Path segment = segment(kafka.admin(), topic);
            assumeTrue(Files.exists(segment), "the broker's files are on this machine");
            kafka.stop();
            damage(segment, "value-1");
            kafka.start();

            SourceTape healthy = new SourceTape();
            SourceReader beside = open(other, kafka.bootstrapServers(), healthy);
            healthy.awaitCall("live");
            SourceTape tape = new SourceTape();
            SourceReader reader = open(topic, kafka.bootstrapServers(), tape);
            IntStream.range(0, 3).forEach(i -> kafka.produce(other, "m", "" + i));
            tape.awaitRecords(3).awaitCall("live");
            assertThat(tape.texts()).containsExactly("m=value-0", "m=value-2", "m=value-3");
            assertThat(tape.gaps()).containsExactly(new Gap(0, 1, 0, 2, -1, GapReason.UNDECODABLE));
            assertThat(tape.calls()).containsSubsequence("m=value-0", "gap undecodable", "m=value-2");
            assertThat(healthy.awaitRecords(3).texts()).containsExactly("m=0", "m=1", "m=2");
            assertThat(healthy.gaps()).isEmpty();
            assertThat(healthy.starts()).hasSize(1);
            reader.close();
            beside.close();
        }
    }

    private static Path segment(Admin admin, String topic) throws Exception {
        Map<Integer, Map<String, LogDirDescription>> folders =
                admin.describeLogDirs(List.of(0)).allDescriptions().get();
        String folder = folders.values().iterator().next().keySet().iterator().next();
        return Path.of(folder, topic + "-0", "00000000000000000000.log");
    }

    private static void damage(Path segment, String value) throws Exception {
        byte[] bytes = Files.readAllBytes(segment);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(value);
        bytes[at] ^= 1;
        Files.write(segment, bytes);
    }

    @Test
    void startsOverWhereKafkaLostRecordsThatItHadHandedOut() throws Exception {
        try (InProcessKafka kafka = InProcessKafka.start(2);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            kafka.createTopic("t", 1, Map.of("unclean.leader.election.enable", "true", "min.insync.replicas", "1"));
            publish(kafka, 0, 5);
            int leader = leader(admin);
            int follower = 1 - leader;
            kafka.stopBroker(follower);
            publish(kafka, 5, 10);
            SourceTape tape = new SourceTape();
            SourceReader reader = open("t", kafka.bootstrapServers(), tape);
            tape.awaitRecords(10).awaitCall("live");

            kafka.stopBroker(leader);
            kafka.startBroker(follower);
            publish(kafka, 20, 22);
            tape.awaitCall("reset truncated").await("the last record", told -> told.told("m=21"));
            List<String> sinceReset = tape.calls()
                    .subList(
                            tape.calls().indexOf("reset truncated"),
                            tape.calls().size());
            assertThat(sinceReset)
                    .filteredOn(call -> call.startsWith("m="))
                    .containsExactly("m=0", "m=1", "m=2", "m=3", "m=4", "m=20", "m=21");
            assertThat(tape.starts()).hasSize(2);
            assertThat(tape.starts().get(1).epoch())
                    .isEqualTo(tape.starts().get(0).epoch());
            reader.close();
        }
    }

    private static int leader(Admin admin) throws Exception {
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of("t")).allTopicNames().get();
        return found.values().iterator().next().partitions().get(0).leader().id();
    }

    private static void publish(InProcessKafka kafka, int from, int to) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>("t", "m", "" + i)).get();
            }
        }
    }
}
