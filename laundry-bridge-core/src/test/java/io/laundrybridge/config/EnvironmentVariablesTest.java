package io.laundrybridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "LAUNDRY_BRIDGE_PATH, laundry-bridge.path",
        "LAUNDRY_BRIDGE_ALLOWED_ORIGINS, laundry-bridge.allowed-origins",
        "LAUNDRY_BRIDGE_CHANNELS_MACHINES_TOPIC, laundry-bridge.channels.machines.topic",
        "LAUNDRY_BRIDGE_CHANNELS_MACHINES_RETAIN_AGE, laundry-bridge.channels.machines.retain-age",
        "LAUNDRY_BRIDGE_LIMITS_SEND_DEADLINE, laundry-bridge.limits.send-deadline",
        "LAUNDRY_BRIDGE_KAFKA_BOOTSTRAP_SERVERS, laundry-bridge.kafka.bootstrap.servers",
        "LAUNDRY_BRIDGE_STARTUP_TIMEOUT, laundry-bridge.startup-timeout"
    })
    void wordsBecomeKeys(String variable, String key) {
        assertThat(EnvironmentVariables.settings(Map.of(variable, "value"), List.of()))
                .containsExactly(Map.entry(key, "value"));
    }

    @Test
    void aVariableIsTheKeyThatIsSpeltLikeIt() {
        List<String> known = List.of("laundry-bridge.channels.Dryer_log-2.retain-age");
        assertThat(EnvironmentVariables.settings(Map.of("LAUNDRY_BRIDGE_CHANNELS_DRYER_LOG_2_RETAIN_AGE", "5m"), known))
                .containsExactly(Map.entry("laundry-bridge.channels.Dryer_log-2.retain-age", "5m"));
    }

    @ParameterizedTest
    @CsvSource({
        "LAUNDRY_BRIDGE_SERVICE_HOST, 10.0.0.1",
        "LAUNDRY_BRIDGE_SERVICE_PORT, 80",
        "LAUNDRY_BRIDGE_SERVICE_PORT_HTTP, 80",
        "LAUNDRY_BRIDGE_PORT, tcp://10.0.0.1:80",
        "LAUNDRY_BRIDGE_PORT_80_TCP, tcp://10.0.0.1:80",
        "LAUNDRY_BRIDGE_PORT_80_TCP_ADDR, 10.0.0.1",
        "LAUNDRY_BRIDGE_GATEWAY_SERVICE_HOST, 10.0.0.1",
        "LAUNDRY_BRIDGE_GATEWAY_SERVICE_PORT_HTTP_METRICS, 9090",
        "LAUNDRY_BRIDGE_LIMITS_PORT, udp://10.0.0.1:53",
        "LAUNDRY_BRIDGE_CHANNELS_PORT_9090_UDP_PROTO, udp",
        "LAUNDRY_BRIDGE_KAFKA_PORT_9092_TCP_PORT, 9092",
        "LAUNDRY_BRIDGE_KAFKA_NAME, /shop/kafka"
    })
    void serviceLinksOfKubernetesAndDockerAreNoSettings(String variable, String value) {
        assertThat(EnvironmentVariables.settings(Map.of(variable, value), List.of()))
                .isEmpty();
    }

    @Test
    void aSettingThatIsSpeltLikeALinkIsOneIfAFileNamesIt() {
        String key = "laundry-bridge.channels.service-host.topic";
        assertThat(EnvironmentVariables.settings(
                        Map.of("LAUNDRY_BRIDGE_CHANNELS_SERVICE_HOST_TOPIC", "t"), List.of(key)))
                .containsExactly(Map.entry(key, "t"));
    }

    @Test
    void otherVariablesAreLeftOut() {
        Map<String, String> variables = Map.of("PATH", "/bin", "LAUNDRY_BRIDGE", "x", "laundry_bridge_path", "/x");
        assertThat(EnvironmentVariables.settings(variables, List.of())).isEmpty();
    }
}
