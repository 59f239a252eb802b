package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.delivery.FleetPlan;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.SinkSite;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test of docs/testing.md, with a bridge that keeps its promise and with one whose source loses a record. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class TheCheckerFindsAPlantedLossTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int RECORDS = 200;
    private static final long LOST = 77;

    private final TestKafka kafka;
    private final String topic;

    TheCheckerFindsAPlantedLossTest(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(1);
    }

    @Test
    void aBridgeThatLosesNothingPasses() {
        assertThat(violationsOver(source())).isEmpty();
    }

    @Test
    void aLostRecordIsFoundAtEveryClient() {
        assertThat(violationsOver(new LosingSource(source())))
                .containsExactlyInAnyOrder(
                        "client 0: I2 completeness: 0@77 never came and no gap covers it",
                        "client 1: I2 completeness: 0@77 never came and no gap covers it",
                        "client 2: I2 completeness: 0@77 never came and no gap covers it");
    }

    private KafkaSource source() {
        return KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
    }

    private List<String> violationsOver(EventSource source) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        try (Bridge bridge = Bridge.from(source)
                        .channel("orders")
                        .access(Access.anonymous())
                        .to(sink);
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(sink))) {
            bridge.start();
            bridge.awaitLive(SOON);
            FleetPlan plan = FleetPlan.of("orders", server.wsUri("/laundry")).clients(3);
            try (ClientFleet clients = ClientFleet.roam(plan.stay(Duration.ofMillis(300)))) {
                for (int n = 0; n < RECORDS; n++) {
                    kafka.produce(topic, "order-" + n % 7, "{\"n\":" + n + "}");
                }
                clients.settle();
                List<CommittedRecord> committed = CommittedRead.of(kafka.bootstrapServers(), topic);
                clients.awaitAll(committed, SOON);
                return clients.violations(committed);
            }
        }
    }

    /** Reads as another source does, and forgets one record. */
    private record LosingSource(EventSource whole) implements EventSource {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public SourceReader open(ReadRequest request, RecordHandler handler) {
            return whole.open(request, (RecordHandler) Proxy.newProxyInstance(
                    RecordHandler.class.getClassLoader(),
                    new Class<?>[] {RecordHandler.class},
                    (proxy, method, given) -> {
                        boolean lost = method.getName().equals("record") && ((SourceRecord) given[0]).offset() == LOST;
                        return lost ? null : method.invoke(handler, given);
                    }));
        }

        @Override
        public HistoryReader history(HostServices services) {
            return whole.history(services);
        }

        @Override
        public DeadLetters deadLetters() {
            return whole.deadLetters();
        }
    }
}
