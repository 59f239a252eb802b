package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingPlacesTest {

    @Test
    void systemPropertiesWinOverTheEnvironmentAndThatOverTheFile() {
        Map<String, String> settings = read(
                Map.of("laundry-bridge.path", "/system"),
                Map.of("LAUNDRY_BRIDGE_PATH", "/environment", "LAUNDRY_BRIDGE_HEARTBEAT", "5s"),
                "laundry-bridge.path=/file\nlaundry-bridge.heartbeat=7s\nlaundry-bridge.workers=2\nother=1\n");
        assertThat(settings)
                .isEqualTo(Map.of(
                        "laundry-bridge.path", "/system",
                        "laundry-bridge.heartbeat", "5s",
                        "laundry-bridge.workers", "2"));
    }

    @Test
    void aVariableOverridesTheKeyThatTheFileSpells() {
        Map<String, String> settings = read(
                Map.of(),
                Map.of("LAUNDRY_BRIDGE_CHANNELS_DRYER_LOG_TOPIC", "dryers.test"),
                "laundry-bridge.channels.dryer-log.topic=dryers\n");
        assertThat(settings).containsExactly(Map.entry("laundry-bridge.channels.dryer-log.topic", "dryers.test"));
    }

    @Test
    void theFileIsReadAsUtf8() {
        assertThat(read(Map.of(), Map.of(), "laundry-bridge.channels.a.topic=Wäsche"))
                .containsValue("Wäsche");
    }

    @Test
    void aBrokenFileIsNamed() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "laundry-bridge.path=\\u12"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("META-INF/laundry-bridge.properties cannot be read");
    }

    private static Map<String, String> read(Map<String, String> system, Map<String, String> environment, String file) {
        Properties properties = new Properties();
        properties.putAll(system);
        return new SettingPlaces(properties, environment, new OneFile(file)).read();
    }

    /** A class path with the settings file and nothing else. */
    private static final class OneFile extends ClassLoader {
        private final String content;

        OneFile(String content) {
            this.content = content;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            return name.equals(SettingPlaces.FILE)
                    ? new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))
                    : null;
        }
    }
}
