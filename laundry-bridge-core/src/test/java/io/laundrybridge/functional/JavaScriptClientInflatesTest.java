package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.NodePeer;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The browser client under Node inflates the frames of a real container, through dropped connections. */
class JavaScriptClientInflatesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void everyEventOnceAndInOrder() throws Exception {
        assumeTrue(NodePeer.available(), "node is not on the PATH");
        CountingTelemetry telemetry = new CountingTelemetry();
        try (Laundry laundry = Laundry.open(
                        channel -> channel.compress(true),
                        sink -> sink.services(HostServices.standard().withTelemetry(telemetry)));
                TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(laundry.sink()));
                NodePeer peer = NodePeer.start(
                        server.wsUri("/laundry"),
                        "machines",
                        "{\"from\":\"earliest\",\"compress\":\"deflate-raw\",\"flush\":10}")) {
            Await.until("live", SOON, () -> peer.lines().stream().anyMatch(line -> line.contains("\"live\"")));
            for (int n = 0; n < 5_000; n += 100) {
                laundry.publish(n, 100);
                if (n % 1_000 == 500) {
                    peer.say("drop");
                }
            }
            Await.until("all events", SOON, () -> peer.events().size() >= 5_000);
            assertThat(Wire.numbers(peer.events())).containsExactlyElementsOf(Wire.range(0, 5_000));
            assertThat(telemetry.sum(Meter.COMPRESSED)).isPositive();
        }
    }
}
