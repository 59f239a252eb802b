package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that has all the sessions that it may have, in a real container. */
class RefusedClientsLearnWhenToComeBackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SessionLimits ONE =
            SessionLimits.from(Settings.of(Map.of("laundry-bridge.limits.sessions", "1")));

    @ParameterizedTest
    @EnumSource
    void byeComesBeforeTheClose(WebSocketServers container) throws Exception {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.limits(ONE));
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient first = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
            first.awaitLine(line -> line.contains("\"welcome\""), PATIENCE);
            try (WsClient second = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")) {
                assertThat(second.awaitClose(PATIENCE)).isEqualTo(1013);
                assertThat(second.lines())
                        .singleElement()
                        .asString()
                        .matches("\\{\"op\":\"bye\",\"code\":1013,\"retryAfter\":1\\d{3}}");
            }
            first.send("{\"op\":\"ping\",\"id\":7}");
            first.awaitLine(line -> line.contains("\"pong\""), PATIENCE);
        }
    }
}
