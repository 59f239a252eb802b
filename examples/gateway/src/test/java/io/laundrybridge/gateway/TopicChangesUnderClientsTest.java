package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.delivery.GapNotice;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class TopicChangesUnderClientsTest {
    private static final int CLIENTS = 10;
    private static final int PARTITIONS = 3;
    private static final int PER_SECOND = 500;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final long seed = Seed.announced(getClass());
    private final TestKafka kafka;
    private final String topic;
    private final Gateways gateways;
    private final ClientFleet fleet;

    TopicChangesUnderClientsTest(TestKafka kafka) throws Exception {
        this.kafka = kafka;
        topic = kafka.newTopic(PARTITIONS);
        gateways = Gateways.start(2, kafka.bootstrapServers(), topic);
        fleet = Gateways.fleet(CLIENTS, gateways.endpoints(), Duration.ofSeconds(2), seed);
    }

    @BeforeEach
    void everyClientHasTheFirstRecords() {
        produce(PER_SECOND);
        fleet.awaitAll(committed(), SOON);
    }

    @AfterEach
    void stop() {
        fleet.close();
        gateways.close();
    }

    @Test
    void aTopicMadeAgainRevokesTheOldOneAndIsGivenWhole() throws Exception {
        kafka.admin().deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        Await.until("the topic again", SOON, this::create);
        produce(2 * PER_SECOND);
        fleet.awaitIncarnations(2, SOON);
        fleet.settle();
        List<CommittedRecord> committed = committed();
        fleet.awaitAll(committed, SOON);

        assertThat(fleet.violations(committed)).isEmpty();
        assertThat(fleet.present()).allSatisfy(all -> {
            assertThat(all.begunBy()).isEqualTo("epoch");
            assertThat(all.gaps()).isEmpty();
            assertThat(all.deliveries()).hasSameSizeAs(committed);
        });
    }

    @Test
    void recordsDeletedBehindTheClientsAreNoGap() throws Exception {
        List<CommittedRecord> everything = new ArrayList<>(committed());
        deleteAllSoFar();
        produce(PER_SECOND);
        fleet.settle();
        List<CommittedRecord> left = committed();
        fleet.awaitAll(left, SOON);
        everything.addAll(left);

        assertThat(fleet.violations(everything)).isEmpty();
        assertThat(fleet.present()).allSatisfy(all -> {
            assertThat(all.begunBy()).isEmpty();
            assertThat(all.gaps()).isEmpty();
            assertThat(all.deliveries()).hasSameSizeAs(everything);
        });
    }

    @Test
    void recordsDeletedWhileNoNodeRanAreAGap() throws Exception {
        gateways.kill(0);
        gateways.kill(1);
        List<CommittedRecord> given = committed();
        produce(PER_SECOND);
        List<CommittedRecord> everything = new ArrayList<>(committed());
        deleteAllSoFar();
        produce(PER_SECOND);
        gateways.restart(0);
        gateways.restart(1);
        fleet.settle();
        List<CommittedRecord> left = committed();
        fleet.awaitAll(left, SOON);
        everything.addAll(left);

        assertThat(fleet.violations(everything)).isEmpty();
        assertThat(fleet.present()).allSatisfy(all -> {
            assertThat(all.begunBy()).isEmpty();
            assertThat(all.gaps()).extracting(GapNotice::partition).containsOnly(0, 1, 2);
            assertThat(all.deliveries()).hasSize(given.size() + left.size());
        });
    }

    private void produce(int records) {
        try (MixedProducer producer = MixedProducer.start(kafka.bootstrapServers(), topic, PER_SECOND, seed)) {
            Await.until(records + " records", SOON, () -> producer.written() >= records);
        }
    }

    private List<CommittedRecord> committed() {
        return CommittedRead.of(kafka.bootstrapServers(), topic);
    }

    private boolean create() throws InterruptedException {
        short replicas = 1;
        try {
            kafka.admin()
                    .createTopics(List.of(new NewTopic(topic, PARTITIONS, replicas)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException stillBeingDeleted) {
            return false;
        }
    }

    private void deleteAllSoFar() throws Exception {
        Map<TopicPartition, RecordsToDelete> all = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> RecordsToDelete.beforeOffset(-1)));
        kafka.admin().deleteRecords(all).all().get(30, TimeUnit.SECONDS);
    }
}
