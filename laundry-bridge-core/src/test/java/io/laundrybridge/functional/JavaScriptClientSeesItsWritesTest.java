package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.session.Stamps;
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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser client under Node waits for places, and begins at the stamp of a response. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class JavaScriptClientSeesItsWritesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "a-secret-of-32-characters-or-more";
    private static final Access SOME_ROWS = (caller, channel) -> Grant.rows(RowFilter.keyPrefix("m-"));

    private interface Course {
        void run(String topic, TestServer server, Stamps stamps) throws Exception;
    }

    /** Runs {@code course} with a channel with state, of one partition. */
    private static void served(TestKafka kafka, Access access, Course course) throws Exception {
        assumeTrue(NodePeer.available(), "node is not on the PATH");
        String topic = kafka.newTopic(1);
        WebSocketSink sink = WebSocketSink.builder("/laundry").secret(SECRET).build();
        KafkaSource source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
        try (Bridge bridge = Bridge.from(source)
                        .channel("machines")
                        .latestByKey()
                        .access(access)
                        .to(sink);
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(sink))) {
            bridge.start();
            bridge.awaitLive(SOON);
            course.run(topic, server, sink.stamps(List.of("machines")));
        }
    }

    private static NodePeer start(TestServer server, String options) throws Exception {
        NodePeer peer = NodePeer.start(server.wsUri("/laundry"), "machines", options);
        line(peer, "\"state\":\"live\"");
        return peer;
    }

    /** Awaits a line that contains {@code text}, and returns it. */
    private static String line(NodePeer peer, String text) {
        Await.until(text, SOON, () -> peer.lines().stream().anyMatch(line -> line.contains(text)));
        return peer.lines().stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPageThatFiltersKnowsWhenItIsBehindAWriteThatItDoesNotGet(TestKafka kafka) throws Exception {
        served(kafka, Access.anonymous(), (topic, server, stamps) -> {
            try (NodePeer peer = start(server, "{\"keys\":[\"m-1\"]}")) {
                peer.say("caughtUp 0@1");
                kafka.produce(topic, "m-1", "{\"n\":0}");
                kafka.produce(topic, "m-2", "{\"n\":1}");
                line(peer, "{\"caughtUp\":\"0@1\"}");
                assertThat(Wire.numbers(peer.events())).containsExactly(0);
            }
        });
    }

    @Test
    void aPlaceThatDoesNotComeIsAnErrorWithItsPartitionAndTheStreamGoesOn(TestKafka kafka) throws Exception {
        served(kafka, Access.anonymous(), (topic, server, stamps) -> {
            try (NodePeer peer = start(server, "{}")) {
                kafka.produce(topic, "m-1", "{\"n\":0}");
                peer.say("caughtUp 0@77 300");
                assertThat(line(peer, "{\"failed\"")).contains("\"code\":\"timeout\"", "\"behind\":[\"0\"]");
                peer.say("caughtUp 0@1");
                kafka.produce(topic, "m-1", "{\"n\":1}");
                line(peer, "{\"caughtUp\":\"0@1\"}");
            }
        });
    }

    @Test
    void aPlaceIsWaitedForThroughALostConnection(TestKafka kafka) throws Exception {
        served(kafka, Access.anonymous(), (topic, server, stamps) -> {
            try (NodePeer peer = start(server, "{\"keys\":[\"m-1\"]}")) {
                peer.say("caughtUp 0@0 50000");
                peer.say("drop");
                line(peer, "\"reason\":\"lost\"");
                kafka.produce(topic, "m-2", "{\"n\":0}");
                line(peer, "{\"caughtUp\":\"0@0\"}");
            }
        });
    }

    @Test
    void aPageThatBeginsAtAStampGetsWhatCameAfterItAndNoSnapshot(TestKafka kafka) throws Exception {
        for (Access access : List.of(Access.anonymous(), SOME_ROWS)) {
            served(kafka, access, (topic, server, stamps) -> {
                String stamp;
                String wrote = stamps.wrote("machines", new RecordPlace(0, 2));
                try (NodePeer peer = start(server, "{}")) {
                    kafka.produce(topic, "m-1", "{\"n\":0}");
                    line(peer, "{\"event\"");
                    stamp = "Laundry-Bridge-At: " + stamps.at();
                    assertThat(stamp.contains("=~")).isEqualTo(access == SOME_ROWS);
                    kafka.produce(topic, "m-2", "{\"n\":1}");
                    kafka.produce(topic, "other", "{\"n\":2}");
                    peer.say("caughtUp " + wrote.substring("machines=".length()));
                    line(peer, "{\"caughtUp\"");
                }
                try (NodePeer peer = start(server, "{\"stamp\":\"" + stamp + "\"}")) {
                    assertThat(Wire.numbers(peer.events())).startsWith(1).doesNotContain(0);
                    assertThat(peer.lines()).noneMatch(line -> line.contains("snapshot") || line.contains("\"reset\""));
                }
            });
        }
    }
}
