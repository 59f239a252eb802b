package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.client.Newcomers;
import io.laundrybridge.test.client.ResumingPage;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.SinkSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node with three channels stops and comes back, in each container. */
class RestartsOverEveryContainerTest {
    private static final List<String> CHANNELS = List.of("alarms", "machines", "orders");
    private static final int LIVES = 3;
    private static final int EVENTS_A_LIFE = 10;

    private final InMemorySource source = InMemorySource.named("s", 1, 1_000, Runnable::run);
    private int published;
    /** Nothing listens there. */
    private volatile URI address = URI.create("ws://127.0.0.1:1/laundry");

    /** As long as it lives; the server takes connections before the bridges start, and after they have stopped. */
    private record Node(TestServer server, WebSocketSink sink, List<Bridge> bridges) {

        private void stop() {
            sink.close();
            bridges.forEach(Bridge::stop);
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeSubscriptionsGoOnAndNoNewClientIsRefusedForGood(WebSocketServers container) {
        try (ResumingPage page = new ResumingPage(CHANNELS);
                Newcomers newcomers = Newcomers.to(() -> address, CHANNELS)) {
            for (int life = 0; life < LIVES; life++) {
                Node node = start(container);
                page.connect(address);
                publish();
                page.await(published - 1);
                newcomers.awaitServed(3);
                node.stop();
                page.awaitGoodbye();
            }
            List<Integer> all = IntStream.range(0, published).boxed().toList();
            CHANNELS.forEach(
                    channel -> assertThat(page.numbers(channel)).as(channel).isEqualTo(all));
            assertThat(newcomers.complaints()).isEmpty();
        }
    }

    private Node start(WebSocketServers container) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        List<Bridge> bridges = CHANNELS.stream()
                .map(name -> Bridge.from(source)
                        .channel(name)
                        .access(Access.anonymous())
                        .to(sink))
                .toList();
        TestServer server = container.start(SinkSite.of(sink));
        address = server.wsUri("/laundry");
        bridges.forEach(Bridge::start);
        bridges.forEach(bridge -> bridge.awaitLive(Duration.ofSeconds(10)));
        return new Node(server, sink, bridges);
    }

    private void publish() {
        for (int i = 0; i < EVENTS_A_LIFE; i++) {
            source.publish("k", "{\"n\":" + published++ + "}");
        }
    }
}
