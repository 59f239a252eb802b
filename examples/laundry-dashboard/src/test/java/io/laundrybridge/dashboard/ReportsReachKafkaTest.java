package io.laundrybridge.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kafka")
@Timeout(120)
class ReportsReachKafkaTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void theTopicIsMadeOnceAndFilledAtTheRateAskedFor() throws Exception {
        try (InProcessKafka kafka = InProcessKafka.start()) {
            String topic = "laundry." + UUID.randomUUID();
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            LaundryTopic.createIfAbsent(topic, 4, client);
            LaundryTopic.createIfAbsent(topic, 4, client);

            LaundryFeed feed = LaundryFeed.into(topic, LaundryPlan.standard().rate(2_000), client);
            Thread thread = new Thread(feed, "laundry-feed");
            thread.start();
            Await.until("two thousand reports", DEADLINE, () -> feed.sent() >= 2_000);
            feed.close();
            thread.join();

            assertThat(feed.failed()).isZero();
            List<Long> ends = endOffsets(topic, client);
            assertThat(ends).hasSize(4).doesNotContain(0L);
            assertThat(ends.stream().mapToLong(Long::longValue).sum()).isEqualTo(feed.sent());
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedWithTheOptionThatMendsIt() {
        assertThatThrownBy(() -> LaundryTopic.createIfAbsent("laundry", 4, Map.of("bootstrap.servers", "127.0.0.1:1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("--bootstrap-servers");
    }

    private static List<Long> endOffsets(String topic, Map<String, Object> client) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = Map.of(
                new TopicPartition(topic, 0), OffsetSpec.latest(),
                new TopicPartition(topic, 1), OffsetSpec.latest(),
                new TopicPartition(topic, 2), OffsetSpec.latest(),
                new TopicPartition(topic, 3), OffsetSpec.latest());
        try (Admin admin = Admin.create(client)) {
            return admin.listOffsets(latest).all().get().values().stream()
                    .map(end -> end.offset())
                    .toList();
        }
    }
}
