package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client with the smallest receive window there is, which reads a byte at a time: a real socket, a real container.
 */
class AByteAtATimeHarmsNoOtherClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SessionLimits LIMITS = SessionLimits.from(Settings.of(Map.of(
            "laundry-bridge.limits.send-deadline", "1s",
            "laundry-bridge.limits.beat-timeout", "1s")));

    private final CountingTelemetry telemetry = new CountingTelemetry();

    @ParameterizedTest
    @EnumSource
    void itIsDroppedAndOthersGetEverything(WebSocketServers container) throws Exception {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        try (Laundry laundry = Laundry.open(
                        channel -> channel,
                        sink -> sink.limits(LIMITS)
                                .services(services)
                                .workers(1)
                                .heartbeat(Duration.ofMillis(200)));
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient other = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1");
                RawWsClient trickle = RawWsClient.to(server.wsUri("/laundry"))
                        .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                        .receiveBuffer(1)
                        .connect()) {
            other.answeringBeats().send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            other.awaitLine(line -> line.contains("\"live\""), PATIENCE);
            trickle.sendText("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            Await.until("both listen", PATIENCE, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 2);
            Thread reading = new Thread(() -> readSlowly(trickle), "a byte at a time");
            reading.start();
            laundry.publish(0, 5_000);
            other.awaitLine(line -> line.contains("{\"n\":4999}"), PATIENCE);
            Await.until("it is dropped", PATIENCE, () -> telemetry.sum(Meter.SESSIONS) == 1);
            assertThat(telemetry.sum(Meter.SEND_TIMEOUTS) + telemetry.sum(Meter.BEATS_LOST))
                    .isEqualTo(1);
            laundry.publish(5_000, 10);
            other.awaitLine(line -> line.contains("{\"n\":5009}"), PATIENCE);
            assertThat(other.lines().stream().filter(line -> line.contains("\"v\":{\"n\":")))
                    .hasSize(5_010);
            trickle.vanish();
            reading.join(PATIENCE.toMillis());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatStopsInTheMiddleOfAFrameIsDroppedToo(WebSocketServers container) throws Exception {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        try (Laundry laundry = Laundry.open(
                        channel -> channel,
                        sink -> sink.limits(LIMITS)
                                .services(services)
                                .workers(1)
                                .heartbeat(Duration.ofMillis(200)));
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient other = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1");
                RawWsClient stops = RawWsClient.to(server.wsUri("/laundry"))
                        .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                        .receiveBuffer(4_096)
                        .connect()) {
            other.answeringBeats().send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            other.awaitLine(line -> line.contains("\"live\""), PATIENCE);
            stops.sendText("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            Await.until("both listen", PATIENCE, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 2);
            String largest = "\"" + "x".repeat((256 << 10) - 2) + "\"";
            laundry.publish("k", largest);
            for (int i = 0; i < 4_096; i++) {
                assertThat(stops.readByte()).isTrue();
            }
            Await.until("it is dropped", PATIENCE, () -> telemetry.sum(Meter.SESSIONS) == 1);
            assertThat(telemetry.sum(Meter.SEND_TIMEOUTS) + telemetry.sum(Meter.BEATS_LOST))
                    .isEqualTo(1);
            laundry.publish(0, 10);
            other.awaitLine(line -> line.contains("{\"n\":9}"), PATIENCE);
            assertThat(other.lines())
                    .filteredOn(line -> line.endsWith(largest + "}"))
                    .hasSize(1);
        }
    }

    private static void readSlowly(RawWsClient trickle) {
        while (trickle.readByte()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
