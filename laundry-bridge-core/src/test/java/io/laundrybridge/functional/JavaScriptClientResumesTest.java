package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.NodePeer;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser client under Node against a real Kafka and a real container; its connection is reset again and again. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class JavaScriptClientResumesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 1_000;

    private interface Course {
        void run(String topic, NodePeer peer) throws Exception;
    }

    /** Runs {@code course} once the client, subscribed with {@code options} to a channel of a new topic, is live. */
    private static void live(TestKafka kafka, UnaryOperator<ChannelBuilder> channel, String options, Course course)
            throws Exception {
        assumeTrue(NodePeer.available(), "node is not on the PATH");
        String topic = kafka.newTopic(1);
        WebSocketSink sink = WebSocketSink.at("/laundry");
        KafkaSource source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
        try (Bridge bridge = channel.apply(
                                Bridge.from(source).channel("machines").access(Access.anonymous()))
                        .to(sink);
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(sink))) {
            bridge.start();
            bridge.awaitLive(SOON);
            try (NodePeer peer = NodePeer.start(server.wsUri("/laundry"), "machines", options)) {
                Await.until("live", SOON, () -> peer.lines().stream().anyMatch(line -> line.contains("\"live\"")));
                course.run(topic, peer);
            }
        }
    }

    @Test
    void everyEventOnceAndInOrderThroughDroppedConnections(TestKafka kafka) throws Exception {
        live(kafka, channel -> channel, "{\"from\":\"earliest\"}", (topic, peer) -> {
            for (int n = 0; n < EVENTS; n++) {
                kafka.produce(topic, "m-" + n % 7, "{\"n\":" + n + "}");
                if (n % 200 == 100) {
                    peer.say("drop");
                }
            }
            Await.until("all events", SOON, () -> peer.events().size() >= EVENTS);
            assertThat(Wire.numbers(peer.events())).containsExactlyElementsOf(Wire.range(0, EVENTS));
            assertThat(peer.lines()).anyMatch(line -> line.contains("\"reason\":\"lost\""));
            assertThat(peer.lines()).noneMatch(line -> line.contains("{\"gap\""));
        });
    }

    @Test
    void aKeyThatStopsMatchingTheFilterLeavesThePage(TestKafka kafka) throws Exception {
        String where = "{\"where\":{\"gt\":[\"/n\",60]}}";
        live(kafka, channel -> channel.latestByKey().filterFields("/n"), where, (topic, peer) -> {
            kafka.produce(topic, "m-1", "{\"n\":70}");
            kafka.produce(topic, "m-2", "{\"n\":50}");
            kafka.produce(topic, "m-1", "{\"n\":60}");
            kafka.produce(topic, "m-3", "{\"n\":61}");
            Await.until("three events", SOON, () -> peer.events().size() >= 3);
            assertThat(peer.events().get(0)).contains("\"key\":\"m-1\"", "\"left\":false");
            assertThat(peer.events().get(1)).contains("\"key\":\"m-1\"", "\"left\":true", "\"value\":null");
            assertThat(peer.events().get(2)).contains("\"key\":\"m-3\"", "\"left\":false");
        });
    }
}
