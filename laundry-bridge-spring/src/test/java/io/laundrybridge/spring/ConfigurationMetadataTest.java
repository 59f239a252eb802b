package io.laundrybridge.spring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.BridgeSettings;
import io.laundrybridge.config.ChannelSettings;
import io.laundrybridge.config.Kind;
import io.laundrybridge.config.Setting;
import io.laundrybridge.config.SettingCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what an editor offers for {@code application.properties} with the catalogue of settings. With {@code
 * -Dsettings.write=true} it writes the file instead; {@code CONTRIBUTING.md} has the command.
 */
class ConfigurationMetadataTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void editorsOfferTheSettingsOfTheCatalogue() throws IOException {
        String right = metadata();
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(FILE, right);
        } else {
            assertThat(Files.readString(FILE)).isEqualTo(right);
        }
    }

    @Test
    void theConditionsAskForTheKeyOfThePath() {
        assertThat(LaundryBridgeAutoConfiguration.PATH_KEY).isEqualTo(BridgeSettings.PATH.key());
    }

    private static String metadata() {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", "laundry-bridge");
        group.put("description", "Events from Kafka to browsers over WebSockets.");
        List<Setting<?>> plain = SettingCatalogue.all().stream()
                .filter(setting -> !setting.hasPlaceholder())
                .toList();
        List<Object> properties = new ArrayList<>();
        plain.forEach(setting -> properties.add(property(setting)));
        properties.add(map("laundry-bridge.channels", "Channels by name: " + channelSettings() + "."));
        properties.add(map("laundry-bridge.kafka", text(BridgeSettings.KAFKA.meaning())));
        properties.add(health());
        List<Object> hints = new ArrayList<>();
        plain.stream().filter(setting -> setting.kind() == Kind.CHOICE).forEach(setting -> hints.add(hint(setting)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("groups", List.of(group));
        all.put("properties", properties);
        all.put("hints", hints);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(all)
                        .replace("\r\n", "\n")
                + "\n";
    }

    /** Boot's own key, which its annotation processor would write. */
    private static Map<String, Object> health() {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", "management.health.laundry-bridge.enabled");
        property.put("type", "java.lang.Boolean");
        property.put("description", "Whether channels have their health, and count for readiness.");
        property.put("defaultValue", true);
        return property;
    }

    private static Map<String, Object> property(Setting<?> setting) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", setting.key());
        property.put("type", type(setting.kind()));
        boolean special =
                !setting.defaultText().startsWith("`") && !setting.defaultText().equals("–");
        property.put(
                "description",
                text(setting.meaning()) + (special ? " Default: " + text(setting.defaultText()) + "." : ""));
        setting.defaultValue()
                .filter(value -> setting.kind() != Kind.LIST)
                .ifPresent(value -> property.put("defaultValue", written(setting, value)));
        return property;
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case DURATION -> "java.time.Duration";
            case COUNT -> "java.lang.Integer";
            case FLAG -> "java.lang.Boolean";
            case LIST -> "java.util.List<java.lang.String>";
            case SIZE, TEXT, SECRET, CHOICE -> "java.lang.String"; // Spring's own sizes have other units
        };
    }

    private static Object written(Setting<?> setting, Object value) {
        return switch (setting.kind()) {
            case COUNT, FLAG, CHOICE, TEXT, SECRET, LIST -> value;
            case DURATION, SIZE -> text(setting.defaultText());
        };
    }

    private static Map<String, Object> map(String name, String description) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", "java.util.Map<java.lang.String,java.lang.String>");
        property.put("description", description);
        return property;
    }

    private static String channelSettings() {
        return ChannelSettings.all().stream()
                .map(setting -> setting.key().replace("laundry-bridge.channels.", "")
                        + (setting.kind() == Kind.CHOICE ? " (" + text(setting.bounds()) + ")" : ""))
                .collect(joining(", "));
    }

    private static Map<String, Object> hint(Setting<?> setting) {
        List<Object> values = new ArrayList<>();
        setting.choices().forEach(choice -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("value", choice.word());
            value.put("description", sentence(text(choice.meaning())));
            values.add(value);
        });
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", setting.key());
        hint.put("values", values);
        return hint;
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** Markdown without its marks; what refers to other parts of the page is left out. */
    private static String text(String markdown) {
        return markdown.replaceAll("[;.] (see|See) \\[[^]]*]\\([^)]*\\)", "").replace("`", "");
    }
}
