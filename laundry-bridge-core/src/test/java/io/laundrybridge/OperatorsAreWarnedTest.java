package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.LogTape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each change of a channel's state is one line, at WARN if an operator has to do something, at ERROR if it is final.
 */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class OperatorsAreWarnedTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestKafka kafka;
    private final LogTape log = new LogTape();

    OperatorsAreWarnedTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private void log(BridgeState state, String reason, boolean passes) {
        StateLog.log(log.logger(), "machines", new StateNews.Change(state, reason, passes));
    }

    @Test
    void theLevelSaysWhetherAnOperatorHasToAct() {
        log(BridgeState.STARTING, "", true);
        log(BridgeState.STARTING, "Kafka does not answer", false);
        log(BridgeState.STALE, "2 of 3 partitions have no leader", true);
        log(BridgeState.LIVE, "", false);
        log(BridgeState.FAILED, "the channel's source failed", false);
        assertThat(log.lines())
                .containsExactly(
                        "INFO Channel 'machines' is STARTING",
                        "WARN Channel 'machines' is STARTING: Kafka does not answer",
                        "INFO Channel 'machines' is STALE: 2 of 3 partitions have no leader",
                        "INFO Channel 'machines' is LIVE",
                        "ERROR Channel 'machines' is FAILED: the channel's source failed");
    }

    @Test
    void aTopicThatIsMissingIsOneWarningWithItsCure() {
        PrintStream err = System.err;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        System.setErr(new PrintStream(all, true, StandardCharsets.UTF_8));
        try (Bridge bridge = Bridge.from(
                        KafkaSource.topic("no-such-topic", SourceProperties.of(kafka.bootstrapServers())))
                .channel("warned-of")
                .access(Access.anonymous())
                .to(WebSocketSink.at("/laundry"))) {
            bridge.start();
            Await.until("a reason", SOON, () -> !bridge.reason().isEmpty());
        } finally {
            System.setErr(err);
        }
        List<String> lines = all.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("'warned-of'"))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("WARN").contains("Topic 'no-such-topic' does not exist; once it is created");
    }
}
