package io.laundrybridge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.config.EnvironmentVariables;
import io.laundrybridge.error.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Checks that settings make a bridge, or an error that names the wrong one. */
class SettingsFuzzTest {

    /** Each line of {@code data} is a key without {@code laundry-bridge.}, a {@code =} and a value. */
    @FuzzTest
    void aBridgeOrASentence(byte[] data) {
        Map<String, String> properties = new HashMap<>();
        properties.put("laundry-bridge.path", "/laundry");
        properties.put("laundry-bridge.channels.c.topic", "t");
        properties.put("laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:9");
        Map<String, String> variables = new HashMap<>();
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n", 32)) {
            String[] pair = line.split("=", 2);
            if (!pair[0].startsWith("kafka.") && pair.length == 2) {
                properties.put("laundry-bridge." + pair[0], pair[1]);
                variables.put("LAUNDRY_BRIDGE_" + pair[0], pair[1]);
            }
        }
        try {
            LaundryBridge.builder().settings(properties).build().close();
        } catch (SettingException wrong) {
            assertThat(wrong.getMessage()).isNotBlank();
        }
        assertThat(EnvironmentVariables.settings(variables, properties.keySet()).keySet())
                .allMatch(key -> key.startsWith("laundry-bridge."));
    }
}
