package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host's settings make, and what a wrong one says; nothing is started here. */
class LaundryBridgeSettingsTest {
    private static final Map<String, String> THREE = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous");

    @Test
    void threePropertiesMakeAChannel() {
        LaundryBridge bridge = from(Map.of());
        assertThat(bridge.sink().path()).isEqualTo("/laundry");
        assertThat(bridge.bridges()).extracting(Bridge::name).containsExactly("machines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "laundry-bridge.chanels.machines.topic|x|did you mean laundry-bridge.channels.machines.topic",
                "laundry-bridge.channels.machines.acess|x|did you mean laundry-bridge.channels.machines.access",
                "laundry-bridge.channels.machines.access|everyone|expected anonymous, authenticated or role:NAME",
                "laundry-bridge.channels.machines.undecodable|ignore|expected one of skip, dead-letter, fail",
                "laundry-bridge.channels.machines.fall-behind|wait|expected one of catch-up, conflate, skip,"
                        + " disconnect",
                "laundry-bridge.channels.machines.fall-behind|conflate|latest-by-key=true",
                "laundry-bridge.channels.machines.state-keys|5|latest-by-key=true",
                "laundry-bridge.channels.machines.latest-by-key|yes|expected true or false",
                "laundry-bridge.channels.machines.replay-records|-1|replay-records",
                "laundry-bridge.limits.replay-piece-bytes|12|expected a size of 1KiB to 1GiB",
                "laundry-bridge.channels.machines.filter-fields|temperature|machines.filter-fields is 'temperature';"
                        + " expected a JSON pointer such as /temperature",
                "laundry-bridge.limits.filter-depth|0|expected a whole number of 1 to 500",
                "laundry-bridge.channels.machines.key-format|hex|expected one of utf8, base64",
                "laundry-bridge.channels.machines.retain-bytes|1GiB|laundry-bridge.limits.log-bytes allows 256 MiB",
                "laundry-bridge.channels.machines.retain-age|long|expected a duration",
                "laundry-bridge.channels.dryers.access|anonymous|laundry-bridge.channels.dryers.topic is not set",
                "laundry-bridge.pth|/laundry|did you mean laundry-bridge.path",
                "laundry-bridge.startup|maybe|expected one of wait, fail",
                "laundry-bridge.heartbeat|1ms|laundry-bridge.heartbeat",
                "laundry-bridge.path|laundry|laundry-bridge.path",
                "laundry-bridge.limits.sessions|0|expected a whole number of 1 to 10000000",
                "laundry-bridge.limits.batch-bytes|64 kilo|expected a size",
                "laundry-bridge.limits.beat-bytes|2MiB|expected at least laundry-bridge.limits.beat-bytes",
                "laundry-bridge.allowed-origins|staff.example.com|write https://staff.example.com",
                "laundry-bridge.allowed-hosts|http://x.example|laundry-bridge.allowed-hosts",
                "laundry-bridge.trusted-proxies|proxy|laundry-bridge.trusted-proxies",
                "laundry-bridge.limits.sessions-per-address|0|expected a whole number of 1 to 10000000",
                "laundry-bridge.kafka.group.id|mine|group.id",
                "laundry-bridge.kafka.isolation.level|read_uncommitted|isolation.level",
                "laundry-bridge.kafka.auto.offset.reset|latest|auto.offset.reset"
            })
    void aWrongSettingStopsTheStartAndIsNamed(String key, String value, String sentence) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void noChannelAndNoPathAreNamed() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(Map.of("laundry-bridge.path", "/laundry"))
                        .build())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.channels.machines.topic=");
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(Map.of("laundry-bridge.channels.machines.topic", "t"))
                        .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                        .build())
                .hasMessageContaining("laundry-bridge.path is not set");
    }

    private static LaundryBridge from(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(THREE);
        properties.putAll(more);
        return LaundryBridge.builder()
                .settings(properties)
                .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .build();
    }
}
