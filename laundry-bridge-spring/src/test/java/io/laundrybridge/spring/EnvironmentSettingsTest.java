package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

    @Test
    void keysArriveAsTheyAreWritten() {
        assertThat(read(
                        Map.of(),
                        Map.of(
                                "laundry-bridge.channels.Dryer_log:1.retain-age", "5m",
                                "laundry-bridge.kafka.fetch.min.bytes", 1,
                                "laundry-bridge.path", "/${name}",
                                "name", "laundry")))
                .isEqualTo(Map.of(
                        "laundry-bridge.channels.Dryer_log:1.retain-age", "5m",
                        "laundry-bridge.kafka.fetch.min.bytes", "1",
                        "laundry-bridge.path", "/laundry"));
    }

    @Test
    void listsOfYamlBecomeOneValue() {
        assertThat(read(
                        Map.of(),
                        Map.of(
                                "laundry-bridge.allowed-origins[0]", "https://a.example",
                                "laundry-bridge.allowed-origins[1]", "https://b.example")))
                .containsExactly(Map.entry("laundry-bridge.allowed-origins", "https://a.example,https://b.example"));
    }

    @Test
    void variablesAreKnownInBothSpellings() {
        assertThat(read(
                        Map.of(
                                "LAUNDRY_BRIDGE_CHANNELS_MACHINES_RETAIN_AGE", "5m",
                                "LAUNDRYBRIDGE_CHANNELS_MACHINES_TOPIC", "laundry.machine-log"),
                        Map.of()))
                .isEqualTo(Map.of(
                        "laundry-bridge.channels.machines.retain-age", "5m",
                        "laundry-bridge.channels.machines.topic", "laundry.machine-log"));
    }

    @Test
    void aVariableWinsOverAFile() {
        assertThat(read(
                        Map.of("LAUNDRY_BRIDGE_CHANNELS_DRYERS_RETAIN_AGE", "5m"),
                        Map.of("laundry-bridge.channels.dryers.retain-age", "1m")))
                .containsExactly(Map.entry("laundry-bridge.channels.dryers.retain-age", "5m"));
    }

    private static Map<String, String> read(Map<String, Object> variables, Map<String, Object> file) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        environment.getPropertySources().addLast(new RandomValuePropertySource());
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        ConfigurationPropertySources.attach(environment);
        return new EnvironmentSettings(environment).read();
    }
}
