package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings about publishes that would have no effect, or lack something, stop the start with a sentence. */
class PublishSettingsSayWhatIsWrongTest {
    private static LaundryBridgeBuilder with(String... settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("laundry-bridge.path", "/laundry", "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("laundry-bridge.channels.commands." + settings[i], settings[i + 1]);
        }
        return LaundryBridge.builder().settings(all);
    }

    private static void refuses(String sentence, String... settings) {
        assertThatThrownBy(() -> with(settings).build())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aRuleOrSchemaWithoutATopicIsRefused() {
        refuses("publish-access is set, but the channel takes no publishes", "publish-access", "role:STAFF");
        refuses("takes no publishes", "topic", "laundry.commands", "publish-access", "role:STAFF");
        refuses("takes no publishes", "topic", "laundry.commands", "publish-schema", "file:a.json");
    }

    @Test
    void settingsOfEventsThatAChannelDoesNotHaveAreRefused() {
        refuses(
                "commands.access is set, but the channel only takes publishes",
                "publish-to",
                "t",
                "access",
                "anonymous");
        refuses("only takes publishes", "publish-to", "t", "retain-age", "1m");
    }

    @Test
    void wrongValuesAreRefused() {
        refuses("publish-to", "publish-to", "a b");
        refuses("publish-access", "publish-to", "t", "publish-access", "everybody");
        refuses("publish-schema", "publish-to", "t", "publish-schema", "http://example.org/a.json");
        refuses("publish-schema", "publish-to", "t", "publish-schema", "file:/not/there.json");
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(Map.of("laundry-bridge.path", "/laundry"))
                        .publish("commands", inbound -> {})
                        .build())
                .hasMessageContaining("laundry-bridge.channels.commands.publish-to");
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(Map.of(
                                "laundry-bridge.path", "/laundry", "laundry-bridge.channels.commands.publish-to", "t"))
                        .build())
                .hasMessageContaining("bootstrap");
    }

    @Test
    void aChannelMayTakePublishesOnlyOrHaveBothDirections() {
        assertThat(with("publish-to", "t", "publish-access", "role:STAFF")
                        .build()
                        .states())
                .containsOnlyKeys("commands");
        assertThat(with("topic", "laundry.commands", "access", "authenticated", "publish-to", "laundry.commands")
                        .build()
                        .states())
                .containsOnlyKeys("commands");
    }
}
