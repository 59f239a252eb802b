package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class ResumesAtAnotherNodeAfterKillTest {
    private static final int CLIENTS = 20;
    private static final int PER_SECOND = 500;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final long seed = Seed.announced(getClass());

    @Test
    void everyClientGetsEveryCommittedRecordOnceThoughNodesAreKilled(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(3);
        String brokers = kafka.bootstrapServers();
        try (Gateways gateways = Gateways.start(2, brokers, topic);
                ClientFleet fleet = Gateways.fleet(CLIENTS, gateways.endpoints(), Duration.ofSeconds(2), seed)) {
            try (MixedProducer producer = MixedProducer.start(brokers, topic, PER_SECOND, seed)) {
                for (int round = 0; round < 3; round++) {
                    awaitMore(producer, PER_SECOND);
                    gateways.kill(round % 2);
                    awaitMore(producer, PER_SECOND);
                    gateways.restart(round % 2);
                }
                awaitMore(producer, PER_SECOND);
            }
            fleet.settle();
            List<CommittedRecord> committed = CommittedRead.of(brokers, topic);
            fleet.awaitAll(committed, SOON);

            assertThat(fleet.violations(committed)).isEmpty();
            assertThat(fleet.present()).allSatisfy(all -> {
                assertThat(all.begunBy()).isEmpty();
                assertThat(all.gaps()).isEmpty();
                assertThat(all.deliveries()).hasSameSizeAs(committed);
            });
            assertThat(fleet.connections()).isGreaterThan(2 * CLIENTS);
        }
    }

    private static void awaitMore(MixedProducer producer, long records) {
        long until = producer.written() + records;
        Await.until(records + " more records", SOON, () -> producer.written() >= until);
    }
}
