package io.laundrybridge.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.dashboard.LaundryTopic;
import io.laundrybridge.standalone.Container;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.standalone.StaticFiles;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A page with three subscriptions, and two nodes with three channels behind one address. */
@Tag("kafka")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeChannelsRestartInBrowserTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TOPIC = "three-channels";
    private static final String KEY = "steady/w-01";
    private static final List<String> CHANNELS = List.of("alarms", "machines", "orders");

    private BrowserStage stage;
    private Node first;
    private Node second;
    private TcpProxy network;

    private record Node(LaundryBridge bridge, StandaloneServer server) implements AutoCloseable {

        @Override
        public void close() {
            bridge.close();
            server.close();
        }
    }

    @BeforeAll
    void start() throws IOException {
        stage = BrowserStage.open();
        LaundryTopic.createIfAbsent(
                TOPIC, 1, Map.of("bootstrap.servers", stage.kafka().bootstrapServers()));
        first = node();
        second = node();
        network = TcpProxy.to(first.server().port());
    }

    @AfterAll
    void stop() throws Exception {
        stage.close(network, first, second);
    }

    @Test
    void everySubscriptionGoesOnThroughARollingRestart() throws InterruptedException {
        stage.browser().get("http://127.0.0.1:" + network.port() + "/");
        network.addTarget(second.server().port());
        Await.until(
                "three subscriptions", SOON, () -> states().values().stream().allMatch("live"::equals));
        try (SteadyReports reports = SteadyReports.of(stage.kafka().bootstrapServers(), TOPIC, List.of(KEY))) {
            awaitNews(reports);
            first = restarted(first, reports);
            second = restarted(second, reports);
            awaitNews(reports);
            long written = reports.stop().getOrDefault(KEY, 0L);
            Await.until("every report", SOON, () -> counts().values().stream().allMatch(count -> count >= written));
            CHANNELS.forEach(channel -> assertThat(counts()).containsEntry(channel, written));
        }
        assertThat(texts("return page.complaints")).isEmpty();
        assertThat(states().values()).containsOnly("live");
    }

    private Node restarted(Node node, SteadyReports reports) {
        int moves = network.joined() + 1;
        network.removeTarget(node.server().port());
        node.close();
        Await.until("the page at the other node", SOON, () -> network.joined() >= moves);
        awaitNews(reports);
        Node again = node();
        network.addTarget(again.server().port());
        awaitNews(reports);
        return again;
    }

    /** Waits until every channel shows records that are written from now on. */
    private void awaitNews(SteadyReports reports) {
        int now = reports.rounds() + 1;
        Await.until(
                "round " + now + " in every channel",
                SOON,
                () -> counts().values().stream().allMatch(count -> count >= now));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Long> counts() {
        return (Map<String, Long>) stage.browser().executeScript("return page.counts");
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> states() {
        return (Map<String, String>)
                stage.browser().executeScript("return globalThis.page?.states() ?? { page: 'loads' }");
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String script) {
        return (List<String>) stage.browser().executeScript(script);
    }

    private Node node() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "laundry-bridge.path",
                "/laundry",
                "laundry-bridge.kafka.bootstrap.servers",
                stage.kafka().bootstrapServers()));
        for (String channel : CHANNELS) {
            settings.put("laundry-bridge.channels." + channel + ".topic", TOPIC);
            settings.put("laundry-bridge.channels." + channel + ".access", "anonymous");
        }
        LaundryBridge bridge =
                LaundryBridge.builder().settings(settings).startup(Startup.FAIL).build();
        StandaloneServer server = StandaloneServer.start(
                Container.TYRUS,
                "127.0.0.1",
                0,
                bridge.sink(),
                Site.of(StaticFiles.browserClient(), StaticFiles.at("/", "three-channels")));
        bridge.start();
        return new Node(bridge, server);
    }
}
