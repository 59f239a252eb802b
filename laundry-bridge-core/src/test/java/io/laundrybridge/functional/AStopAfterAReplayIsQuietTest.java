package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.SessionProbe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bridge stops after a replay without an error in the log, and its threads end by themselves. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class AStopAfterAReplayIsQuietTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestKafka kafka;

    AStopAfterAReplayIsQuietTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void noErrorIsLogged() throws Exception {
        String topic = kafka.newTopic(1);
        for (int n = 0; n < 300; n++) {
            kafka.produce(topic, "m", "{\"n\":" + n + ",\"fill\":\"" + "x".repeat(500) + "\"}");
        }
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            replayAndStop(topic);
        } finally {
            System.setErr(err);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR").doesNotContain("Exception in thread");
    }

    private static final class Nobody implements HistoryHandler {
        @Override
        public void record(SourceRecord record) {}

        @Override
        public void gap(Gap gap) {}

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    @Test
    void aReaderIsClosedQuietlyByAThreadThatWasInterrupted() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m", "{\"n\":0}");
        kafka.produce(topic, "m", "{\"n\":1}");
        HistoryReader reader = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()))
                .history(HostServices.standard());
        for (int n = 0; n < 2; n++) { // the second fetch has a session in Kafka, which a close ends
            reader.read(PositionVector.of(0), PositionVector.of(n + 1), SOON, new Nobody());
        }
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Thread.currentThread().interrupt();
        try {
            reader.close();
        } finally {
            System.setErr(err);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR");
    }

    private void replayAndStop(String topic) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        try (Bridge bridge = Bridge.from(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers())))
                .channel("quiet")
                .retain(Retention.of(Duration.ofMinutes(10), 64 << 10))
                .access(Access.anonymous())
                .to(sink)) {
            bridge.start();
            bridge.awaitLive(SOON);
            String head =
                    Wire.head(SessionProbe.full(sink).subscribe("quiet", "").await("\"op\":\"subscribed\""));
            SessionProbe client = SessionProbe.full(sink).subscribe("quiet", ",\"from\":\"at:" + head + ":0@0.0\"");
            assertThat(Wire.numbers(client.awaitEvents(300))).containsExactlyElementsOf(Wire.range(0, 300));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("laundry-bridge-replay"));
    }
}
