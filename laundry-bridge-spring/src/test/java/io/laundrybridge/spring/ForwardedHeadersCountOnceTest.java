package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.host.HostUnderTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwarded headers count by Spring's setting or by the bridge's; the result is the same. */
class ForwardedHeadersCountOnceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.forward-headers-strategy=native",
                "server.forward-headers-strategy=framework",
                "laundry-bridge.trusted-proxies=127.0.0.1"
            })
    void hostSchemeAndAddressAreTheClients(String setting) {
        try (HostUnderTest host = start(setting)) {
            assertThat(status(host, "https://shop.example.com", "203.0.113.1")).isEqualTo(101);
            assertThat(status(host, "http://shop.example.com", "203.0.113.1")).isEqualTo(403);
            assertThat(status(host, "https://evil.example", "203.0.113.1")).isEqualTo(403);
            try (RawWsClient first = connect(host, "https://shop.example.com", "203.0.113.2");
                    RawWsClient other = connect(host, "https://shop.example.com", "203.0.113.3")) {
                assertThat(first.readFrame().text()).contains("welcome");
                assertThat(other.readFrame().text()).contains("welcome");
                assertNoPlaceIsLeft(host, "203.0.113.2");
            }
        }
    }

    /** Connects once more, after the others hold their places: a handshake is answered before its session opens. */
    private static void assertNoPlaceIsLeft(HostUnderTest host, String client) {
        try (RawWsClient second = connect(host, "https://shop.example.com", client)) {
            assertThat(second.readFrame().text()).contains("\"op\":\"bye\"").contains("\"retryAfter\"");
            RawFrame refused = second.readFrame();
            assertThat(refused.opcode()).isEqualTo(RawFrame.CLOSE);
            assertThat(refused.closeCode()).isEqualTo(1013);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.forward-headers-strategy=none", "laundry-bridge.trusted-proxies=10.0.0.1"})
    void nothingCountsFromUntrustedPeers(String setting) {
        try (HostUnderTest host = start(setting)) {
            assertThat(status(host, "https://shop.example.com", "203.0.113.1")).isEqualTo(403);
        }
    }

    private static HostUnderTest start(String setting) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "laundry-bridge.path", "/laundry",
                "laundry-bridge.channels.machines.topic", "laundry.machine-log",
                "laundry-bridge.channels.machines.access", "anonymous",
                "laundry-bridge.limits.sessions-per-address", "1",
                "spring.kafka.bootstrap-servers", LaundryApplication.NO_KAFKA));
        properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        return LaundryApplication.underTest(LaundryApplication.run(properties));
    }

    private static int status(HostUnderTest host, String origin, String client) {
        try (RawWsClient socket = connect(host, origin, client)) {
            return socket.status();
        }
    }

    private static RawWsClient connect(HostUnderTest host, String origin, String client) {
        return RawWsClient.to(host.wsUri("/laundry"))
                .header("Host", "upstream:9000")
                .header("X-Forwarded-Host", "shop.example.com")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", client)
                .header("Origin", origin)
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                .connect();
    }
}
