package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.Bridge;
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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser client under Node goes back in time, stands still and returns, on one subscription. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class JavaScriptClientTravelsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Awaits the {@code count}th line that contains {@code text}, and returns its number. */
    private static int line(NodePeer peer, String text, int count) {
        Await.until(text, SOON, () -> numbers(peer, text).size() >= count);
        return numbers(peer, text).get(count - 1);
    }

    private static List<Integer> numbers(NodePeer peer, String text) {
        return Wire.range(0, peer.lines().size()).stream()
                .filter(n -> peer.lines().get(n).contains(text))
                .toList();
    }

    private static List<Integer> eventsAfter(NodePeer peer, int line) {
        return Wire.numbers(peer.lines().subList(line, peer.lines().size()).stream()
                .filter(each -> each.startsWith("{\"event\""))
                .toList());
    }

    private static String positionOf(NodePeer peer, int count) throws Exception {
        peer.say("position");
        return peer.lines().get(line(peer, "{\"position\":\"", count)).replaceAll("\\{\"position\":\"(.*)\"}", "$1");
    }

    @Test
    void aPageGoesBackStandsStillAndReturnsWithEveryEventOnce(TestKafka kafka) throws Exception {
        assumeTrue(NodePeer.available(), "node is not on the PATH");
        String topic = kafka.newTopic(1);
        WebSocketSink sink = WebSocketSink.at("/laundry");
        KafkaSource source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
        try (Bridge bridge = Bridge.from(source)
                        .channel("machines")
                        .access(Access.anonymous())
                        .to(sink);
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(sink))) {
            bridge.start();
            bridge.awaitLive(SOON);
            try (NodePeer peer = NodePeer.start(server.wsUri("/laundry"), "machines", "{}")) {
                line(peer, "\"state\":\"live\"", 1);
                String start = positionOf(peer, 1);
                kafka.produce(topic, "m-1", "{\"n\":0}");
                kafka.produce(topic, "m-1", "{\"n\":1}");
                line(peer, "\"n\":1", 1);
                String middle = positionOf(peer, 2);
                kafka.produce(topic, "m-1", "{\"n\":2}");
                line(peer, "\"n\":2", 1);

                peer.say("seek " + start + " {\"pace\":0}");
                int back = line(peer, "\"reason\":\"seek\"", 1);
                int paused = line(peer, "{\"paused\"", 1);
                assertThat(peer.lines().subList(back, paused)).noneMatch(line -> line.startsWith("{\"event\""));
                peer.say("drop");
                line(peer, "\"reason\":\"lost\"", 1);
                line(peer, "{\"paused\"", 2);
                peer.say("live");
                line(peer, "\"state\":\"live\"", 2);
                assertThat(eventsAfter(peer, back)).containsExactly(0, 1, 2);

                peer.say("seek " + start + " {\"until\":\"" + middle + "\"}");
                back = line(peer, "\"reason\":\"seek\"", 2);
                line(peer, "{\"paused\"", 3);
                assertThat(eventsAfter(peer, back)).containsExactly(0, 1);
                peer.say("speed 16");
                line(peer, "\"state\":\"live\"", 3);
                assertThat(eventsAfter(peer, back)).containsExactly(0, 1, 2);
                kafka.produce(topic, "m-1", "{\"n\":3}");
                line(peer, "\"n\":3", 1);
            }
        }
    }
}
