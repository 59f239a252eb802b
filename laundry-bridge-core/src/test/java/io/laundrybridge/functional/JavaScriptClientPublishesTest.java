package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.Bridge;
import io.laundrybridge.config.Settings;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.sink.kafka.KafkaSink;
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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser client under Node publishes to a real Kafka through a real container; its connection is reset. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class JavaScriptClientPublishesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PUBLISHES = 40;
    private static final int MANY = 400;

    private static List<String> lines(NodePeer peer, String text) {
        return peer.lines().stream().filter(line -> line.contains(text)).toList();
    }

    private static void await(NodePeer peer, String text, int count) {
        Await.until(text, SOON, () -> lines(peer, text).size() >= count);
    }

    private interface Course {
        void run(NodePeer peer) throws Exception;
    }

    /** Runs {@code course} with a client that is live on the channel that it may publish to; both show one topic. */
    private static void live(TestKafka kafka, SessionLimits limits, Course course) throws Exception {
        assumeTrue(NodePeer.available(), "node is not on the PATH");
        String topic = kafka.newTopic(1);
        WebSocketSink sink = WebSocketSink.builder("/laundry").limits(limits).build();
        KafkaSource source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
        KafkaSink commands = KafkaSink.topic(topic, Map.of("bootstrap.servers", kafka.bootstrapServers()));
        try (Bridge down = Bridge.from(source)
                        .channel("commands")
                        .access(Access.anonymous())
                        .to(sink);
                Bridge up = Bridge.from(sink.inbound("commands"))
                        .access(Access.anonymous())
                        .to(commands);
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(sink))) {
            down.start();
            up.start();
            down.awaitLive(SOON);
            try (NodePeer peer = NodePeer.start(server.wsUri("/laundry"), "commands", "{}")) {
                await(peer, "\"state\":\"live\"", 1);
                course.run(peer);
            }
        }
    }

    @Test
    void everyReceiptIsOneRecordInTheOrderOfTheCallsThroughDroppedConnections(TestKafka kafka) throws Exception {
        live(kafka, SessionLimits.DEFAULT, peer -> {
            for (int n = 0; n < PUBLISHES; n++) {
                peer.say("publish commands {\"n\":" + n + "} m-1");
                if (n % 20 == 10) {
                    await(peer, "{\"stored\"", n - 1);
                    peer.say("drop");
                }
            }
            await(peer, "{\"stored\"", PUBLISHES);
            assertThat(lines(peer, "{\"stored\"")).doesNotHaveDuplicates();
            peer.say("caughtUp 0@" + (PUBLISHES - 1));
            await(peer, "{\"caughtUp\"", 1);
            assertThat(Wire.numbers(peer.events())).containsExactlyElementsOf(Wire.range(0, PUBLISHES));
            assertThat(lines(peer, "{\"failed\"")).isEmpty();

            peer.say("publish secrets {\"n\":0}");
            await(peer, "{\"failed\"", 1);
            assertThat(lines(peer, "{\"failed\"").get(0)).contains("\"code\":\"forbidden\"");
        });
    }

    @Test
    void manyPublishesOfManyKeysAreStoredOncePerReceiptWhileTheLineIsCut(TestKafka kafka) throws Exception {
        SessionLimits much = SessionLimits.from(Settings.of(Map.of(
                "laundry-bridge.limits.requests", "100000",
                "laundry-bridge.limits.publish-per-session", "50000",
                "laundry-bridge.limits.publish-per-user", "50000")));
        live(kafka, much, peer -> {
            for (int n = 0; n < MANY; n++) {
                peer.say("publish commands {\"n\":" + n + "} m-" + n % 7);
                if (n % 80 == 79) {
                    peer.say("drop");
                }
                if (n % 40 == 39) {
                    await(peer, "{\"stored\"", n - 39); // the client lets 100 wait
                }
            }
            await(peer, "{\"stored\"", MANY);
            await(peer, "{\"event\"", MANY);
            assertThat(Wire.numbers(peer.events())).containsExactlyInAnyOrderElementsOf(Wire.range(0, MANY));
            assertThat(lines(peer, "{\"failed\"")).isEmpty();
        });
    }
}
