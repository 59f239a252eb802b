package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What asks for too much is answered by the name of the limit, over real sockets of real containers, and somebody else
 * on the same worker gets every event all the while.
 */
class HostileClientsHarmNoOtherClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOOP = "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"flush\":%d,"
            + "\"keys\":[\"m-1\",\"a-%d*\"],\"where\":{\"ge\":[\"/n\",%d]}}";
    private static final String END = "{\"op\":\"unsubscribe\",\"id\":2,\"ch\":\"machines\"}";

    private final CountingTelemetry telemetry = new CountingTelemetry();

    private interface Attack {
        void on(WsClient hostile);
    }

    /** Runs {@code attack} while events happen, of which another client must get all. */
    private void harmsNoOtherClient(WebSocketServers container, SessionLimits limits, Attack attack) {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        try (Laundry laundry = Laundry.open(
                        channel -> channel.filterFields("/n"),
                        sink -> sink.workers(1).limits(limits).services(services));
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient other = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1");
                WsClient hostile = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
            other.answeringBeats().send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            other.awaitLine(line -> line.contains("\"live\""), PATIENCE);
            laundry.publish(0, 100);
            attack.on(hostile.answeringBeats());
            laundry.publish(100, 100);
            other.awaitLine(line -> line.contains("{\"n\":199}"), PATIENCE);
            assertThat(other.lines().stream().filter(line -> line.contains("\"v\":{\"n\":")))
                    .hasSize(200);
            assertThat(other.closeCode()).isZero();
            Await.until("the other's subscription alone", PATIENCE, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterOfDepth100(WebSocketServers container) {
        String deep = "{\"not\":".repeat(99) + "{\"eq\":[\"/n\",1]}" + "}".repeat(99);
        harmsNoOtherClient(container, SessionLimits.DEFAULT, hostile -> {
            hostile.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"where\":" + deep + "}");
            assertThat(hostile.awaitLine(line -> line.contains("\"op\":\"error\""), PATIENCE))
                    .contains("bad_filter", "nested more than 4 deep", "laundry-bridge.limits.filter-depth");
            hostile.send("{\"op\":\"ping\",\"id\":9}");
            hostile.awaitLine(line -> line.contains("\"pong\""), PATIENCE);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMillionKeys(WebSocketServers container) {
        String keys =
                IntStream.range(0, 1_000_000).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(","));
        harmsNoOtherClient(container, SessionLimits.DEFAULT, hostile -> {
            hostile.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"keys\":[" + keys + "]}");
            Await.until("it is cut off", PATIENCE, () -> telemetry.sum(Meter.SESSIONS) == 1);
            assertThat(telemetry.sum(Meter.LIMITED)).isEqualTo(1);
            assertThat(hostile.awaitClose(PATIENCE)).isIn(1006, 1009); // its own sending may break first
        });
    }

    @ParameterizedTest
    @EnumSource
    void subscribingAndUnsubscribingInALoop(WebSocketServers container) {
        harmsNoOtherClient(container, SessionLimits.DEFAULT, hostile -> {
            for (int n = 0; n < 200; n++) {
                hostile.send(LOOP.formatted(10 + n, n, n));
                hostile.send(END);
            }
            assertThat(hostile.awaitClose(PATIENCE)).isEqualTo(4429);
            assertThat(hostile.closeReason()).contains("256 lines");
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSameWhereAllOfItIsAllowedLeavesNothingBehind(WebSocketServers container) {
        SessionLimits patient = SessionLimits.from(Settings.of(
                Map.of("laundry-bridge.limits.requests", "100000", "laundry-bridge.limits.inbound-backlog", "10000")));
        harmsNoOtherClient(container, patient, hostile -> {
            for (int n = 0; n < 3_000; n++) {
                hostile.send(LOOP.formatted(10 + n, n, n));
                hostile.send(END);
            }
            hostile.send("{\"op\":\"ping\",\"id\":9}");
            hostile.awaitLine(line -> line.contains("\"pong\""), PATIENCE);
            assertThat(telemetry.sum(Meter.SUBSCRIPTIONS)).isEqualTo(1);
            assertThat(hostile.lines().stream().filter(line -> line.contains("\"unsubscribed\"")))
                    .hasSize(3_000);
        });
    }
}
