package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.standalone.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayOptionsTest {
    @Test
    void optionsGoBeforeTheFileAndTheFileBeforeTheEnvironment(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.properties"),
                "laundry-bridge.path=/file\nlaundry-bridge.heartbeat=5s\nport=9\n");
        GatewayOptions options = GatewayOptions.read(
                new String[] {"--config=" + file, "--laundry-bridge.path=/option", "--kafka.bootstrap.servers=k:1"},
                Map.of(
                        "LAUNDRY_BRIDGE_PATH", "/variable",
                        "LAUNDRY_BRIDGE_HEARTBEAT", "7s",
                        "LAUNDRY_BRIDGE_STARTUP", "wait"));
        assertThat(options.port()).isEqualTo(9);
        assertThat(options.container()).isEqualTo(Container.TYRUS);
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.settings())
                .containsEntry("laundry-bridge.path", "/option")
                .containsEntry("laundry-bridge.heartbeat", "5s")
                .containsEntry("laundry-bridge.startup", "wait");
    }

    @Test
    void kafkaIsAShorthand() {
        GatewayOptions options =
                GatewayOptions.read(new String[] {"--kafka.bootstrap.servers=127.0.0.1:9092"}, Map.of());
        assertThat(options.settings()).containsEntry("laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:9092");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void everyContainerHasItsName(Container container) {
        String[] arguments = {"--server=" + container, "--kafka.bootstrap.servers=k:1"};
        assertThat(GatewayOptions.read(arguments, Map.of()).container()).isEqualTo(container);
    }

    @ParameterizedTest
    @CsvSource({
        "--server=wildfly, 'expected one of tyrus, tomcat, jetty, undertow'",
        "--serve=jetty, did you mean --server?",
        "--prot=8080, did you mean --port?",
        "--kafka.bootstrap.servers, expected --key=value",
        "port=8080, expected --key=value",
        "--port=http, expected a number",
        "--port=70000, expected a number",
        "--path=/laundry, did you mean",
        "--laundrybridge.path=/x, did you mean --laundry-bridge.path?",
        "--config=/nowhere/at/all, cannot be read",
    })
    void anUnknownArgumentIsNamedWithItsCure(String argument, String cure) {
        assertThatThrownBy(() -> GatewayOptions.read(new String[] {argument}, Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(argument.replaceAll("=.*", ""))
                .hasMessageContaining(cure);
    }

    @Test
    void theBrokersMustBeNamed() {
        assertThatThrownBy(() -> GatewayOptions.read(new String[] {"--laundry-bridge.path=/laundry"}, Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.kafka.bootstrap.servers")
                .hasMessageContaining("--kafka.bootstrap.servers=");
    }
}
