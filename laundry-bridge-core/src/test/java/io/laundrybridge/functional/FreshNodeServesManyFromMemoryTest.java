package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node ends, and all its clients move to one that has just started (S15, R5). */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class FreshNodeServesManyFromMemoryTest {
    private static final int CLIENTS = 5_000;
    private static final int RECORDS = 200;

    @Test
    void everyClientGetsWhatItMissedAndKafkaIsAskedForNothing(TestKafka kafka) {
        String topic = kafka.newTopic(1);
        IntStream.range(0, RECORDS).forEach(n -> kafka.produce(topic, "m", "{\"n\":" + n + "}"));
        CountingTelemetry telemetry = new CountingTelemetry();
        WebSocketSink fresh = WebSocketSink.at("/laundry");
        try (Bridge bridge = Bridge.from(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers())))
                .channel("machines")
                .retain(Retention.of(Duration.ofMinutes(10), 1 << 20))
                .access(Access.anonymous())
                .services(HostServices.standard().withTelemetry(telemetry))
                .to(fresh)) {
            bridge.start();
            bridge.awaitLive(Duration.ofSeconds(20));
            String head =
                    Wire.head(SessionProbe.full(fresh).subscribe("machines", "").await("\"op\":\"subscribed\""));
            List<SessionProbe> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> SessionProbe.full(fresh)
                            .subscribe("machines", ",\"from\":\"at:" + head + ":0@" + i % RECORDS + ".0\""))
                    .toList();
            for (int i = 0; i < CLIENTS; i++) {
                SessionProbe client = clients.get(i);
                client.await("\"op\":\"live\"");
                assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(i % RECORDS, RECORDS));
                assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
            }
            assertThat(telemetry.sum(Meter.RECORDS)).isEqualTo(RECORDS);
            assertThat(telemetry.sum(Meter.REPLAY_PIECES)).isZero();
        }
    }
}
