package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.client.WsFrame;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The path's last two steps together: a real sink behind a real socket. */
class SinkOverEveryContainerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void theFullDialectCarriesEventsInOrder(WebSocketServers container) {
        try (Laundry laundry = Laundry.open();
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient client = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
            client.answeringBeats().awaitLine(line -> line.contains("\"welcome\""), PATIENCE);
            client.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"from\":\"live\"}");
            client.awaitLine(line -> line.contains("\"subscribed\""), PATIENCE);
            laundry.publish(0, 2000);
            client.awaitLine(line -> line.contains("{\"n\":1999}"), PATIENCE);

            assertThat(client.lines().stream().filter(line -> line.contains("\"v\":{\"n\":")))
                    .hasSize(2000)
                    .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.replaceAll(".*\\{\"n\":(\\d+)}.*", "$1"));
    }

    @ParameterizedTest
    @EnumSource
    void thePlainDialectCarriesOneValueATextFrame(WebSocketServers container) {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 10);
            try (TestServer server = container.start(SinkSite.of(laundry.sink()));
                    WsClient client = WsClient.connect(server.wsUri("/laundry?channel=machines&from=last:10"))) {
                assertThat(client.awaitFrames(10, PATIENCE))
                        .noneMatch(WsFrame::binary)
                        .extracting(WsFrame::text)
                        .startsWith("{\"n\":0}")
                        .endsWith("{\"n\":9}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPublishIsAnsweredByItsPlace(WebSocketServers container) {
        RecordShelf shelf = new RecordShelf();
        try (LaundryBridge bridge = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/laundry"))
                .publish("commands", inbound -> inbound.sink(shelf).access(Access.anonymous()))
                .build()) {
            bridge.start();
            try (TestServer server = container.start(SinkSite.of(bridge.sink()));
                    WsClient client = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
                for (int i = 0; i < 50; i++) {
                    client.send("{\"op\":\"publish\",\"id\":" + i + ",\"mid\":\"m-" + i
                            + "\",\"ch\":\"commands\",\"v\":{\"n\":" + i + ".0}}");
                }
                client.awaitLine(line -> line.equals("{\"op\":\"ack\",\"id\":49,\"at\":\"0@49.7\"}"), PATIENCE);
                assertThat(shelf.values()).hasSize(50).endsWith("{\"n\":49.0}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStopOfTheBridgeSaysByeAndClosesForARestart(WebSocketServers container) {
        try (Laundry laundry = Laundry.open();
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient client = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
            client.awaitLine(line -> line.contains("\"welcome\""), PATIENCE);
            laundry.bridge().stop();

            assertThat(client.awaitClose(PATIENCE)).isEqualTo(1012);
            client.awaitLine(line -> line.contains("\"bye\""), PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownSubprotocolIsClosedWith4426(WebSocketServers container) {
        try (Laundry laundry = Laundry.open();
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient stranger = WsClient.connect(server.wsUri("/laundry"), "mqtt")) {
            assertThat(stranger.awaitClose(PATIENCE)).isEqualTo(4426);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryMessageIsClosedWith1003(WebSocketServers container) {
        try (Laundry laundry = Laundry.open();
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                RawWsClient client = RawWsClient.to(server.wsUri("/laundry"))
                        .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                        .connect()) {
            client.sendFrame(0x80 | RawFrame.BINARY, new byte[] {1});

            RawFrame frame = client.readFrame();
            while (frame.opcode() != RawFrame.CLOSE) {
                frame = client.readFrame();
            }
            assertThat(frame.closeCode()).isEqualTo(1003);
        }
    }
}
