package io.laundrybridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.FaultyKafka;
import io.laundrybridge.test.network.TcpProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Kafka that does not answer, refuses or loses its brokers: each record is stored, known not to be, or unknown. */
@Tag("kafka")
class KafkaSinkFaultsTest {
    private static final int BROKERS = 3;
    private static FaultyKafka kafka;
    private static int topics;

    private final String topic = "commands-" + ++topics;
    private Publishes publishes;

    @BeforeAll
    static void startsThreeBrokersBehindProxies() {
        kafka = FaultyKafka.start(BROKERS, plan -> {});
    }

    @AfterAll
    static void stopsThem() {
        kafka.close();
    }

    @BeforeEach
    void storesARecord() {
        kafka.newTopic(topic, BROKERS);
        publishes = Publishes.to(topic, kafka.bootstrapServers());
        publishes.store("k", "first");
    }

    private void awaitAllInSync() {
        Await.until(
                "all replicas in sync",
                Publishes.PATIENCE,
                () -> kafka.admin().describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(found -> found.partitions().stream())
                        .allMatch(each -> each.isr().size() == BROKERS));
    }

    @AfterEach
    void heals() {
        kafka.networks().forEach(TcpProxy::heal);
        publishes.close();
    }

    private List<CommittedRecord> stored() {
        return CommittedRead.of(kafka.internalServers(), topic);
    }

    private long stored(String value) {
        return stored().stream().filter(each -> value.equals(each.value())).count();
    }

    /** Ends all connections and lets no new one through, so that nothing can be sent. */
    private static void cutOff() {
        kafka.networks().forEach(TcpProxy::refuse);
        kafka.networks().forEach(TcpProxy::reset);
    }

    @Test
    void aRecordThatWasNeverSentIsKnownNotToBeStored() {
        cutOff();
        publishes.awaitFailure(Failure.UNAVAILABLE);
        CompletableFuture<RecordPlace> outcome = publishes.send("k", "never sent");
        assertThat(Publishes.failure(outcome).failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(Publishes.failure(outcome).getMessage())
                .doesNotContain("127.0.0.1")
                .doesNotContain(topic);
        publishes.awaitTrouble("Kafka does not answer");
        kafka.networks().forEach(TcpProxy::heal);
        publishes.store("k", "after");
        assertThat(publishes.connection().trouble()).isEmpty();
        assertThat(stored("never sent")).isZero();
        assertThat(stored("after")).isOne();
    }

    @Test
    void aRecordWhoseAnswerIsLostIsOfUnknownOutcome() {
        kafka.networks().forEach(network -> network.toClient().hold());
        CompletableFuture<RecordPlace> outcome = publishes.send("k", "unanswered");
        long from = System.nanoTime();
        assertThat(Publishes.failure(outcome).failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
        kafka.networks().forEach(TcpProxy::heal);
        publishes.store("k", "after");
    }

    @Test
    void theCallerNeverWaitsForAKafkaThatIsSilent() {
        kafka.networks().forEach(TcpProxy::blackHole);
        long from = System.nanoTime();
        List<CompletableFuture<RecordPlace>> outcomes = IntStream.range(0, 1_000)
                .mapToObj(n -> publishes.send("k-" + n, "x".repeat(10_000)))
                .toList();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
        long closing = System.nanoTime();
        publishes.close();
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(10)); // about two
        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes)
                .extracting(outcome -> Publishes.failure(outcome).failure())
                .containsOnly(Failure.OUTCOME_UNKNOWN);
    }

    @Test
    void throughResetsOfEveryConnectionEachAcknowledgedRecordIsStoredOnce() throws Exception {
        Map<String, CompletableFuture<RecordPlace>> outcomes = new HashMap<>();
        for (int storm = 0; storm < 30; storm++) {
            for (int n = 0; n < 20; n++) {
                String value = storm + "-" + n;
                outcomes.put(value, publishes.send("k-" + n % 7, value));
            }
            kafka.networks().forEach(TcpProxy::reset);
            Publishes.failureOrPlace(publishes.send("k", "end of storm " + storm));
        }
        Map<String, CommittedRecord> stored = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        for (var outcome : outcomes.values()) {
            Publishes.failureOrPlace(outcome);
        }
        stored().forEach(each -> {
            stored.put(each.partition() + "@" + each.offset(), each);
            times.merge(each.value(), 1, Integer::sum);
        });
        int acknowledged = 0;
        for (var each : outcomes.entrySet()) {
            if (!each.getValue().isCompletedExceptionally()) {
                acknowledged++;
                RecordPlace place = each.getValue().get(0, TimeUnit.SECONDS);
                assertThat(Objects.requireNonNull(stored.get(place.toString())).value())
                        .isEqualTo(each.getKey());
                assertThat(times.get(each.getKey())).isOne();
            }
        }
        assertThat(acknowledged).isPositive();
    }

    @Test
    void tooFewReplicasAreNamedNothingIsStoredAndItGoesOn() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        kafka.admin()
                .incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("min.insync.replicas", "3"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        awaitAllInSync();
        kafka.cluster().stopBroker(2);
        try {
            publishes.awaitTrouble("min.insync.replicas");
            CompletableFuture<RecordPlace> outcome = publishes.send("k", "too few");
            assertThat(Publishes.failure(outcome).failure()).isEqualTo(Failure.UNAVAILABLE);
        } finally {
            kafka.cluster().startBroker(2);
        }
        publishes.store("k", "after");
        assertThat(stored("too few")).isZero();
    }

    @Test
    void everyBrokerGoesAndComesBackInTurn() {
        for (int broker = 0; broker < BROKERS; broker++) {
            kafka.cluster().stopBroker(broker);
            publishes.store("k", "without " + broker);
            kafka.cluster().startBroker(broker);
            awaitAllInSync();
        }
        publishes.store("k", "with all");
        assertThat(stored("without 0")).isPositive();
        assertThat(stored("without 2")).isPositive();
        assertThat(stored("with all")).isPositive();
    }
}
