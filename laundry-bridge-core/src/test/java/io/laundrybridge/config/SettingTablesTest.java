package io.laundrybridge.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Compares the tables of {@code docs/configuration.md} with the catalogue. With {@code -Dsettings.write=true} it writes
 * them instead; {@code CONTRIBUTING.md} has the command.
 */
class SettingTablesTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- settings: ([a-z]+) -->\n).*?(<!-- end of settings -->)", Pattern.DOTALL);

    /** The settings that every application needs have a table of their own. */
    private static final List<Setting<?>> REQUIRED =
            List.of(BridgeSettings.PATH, ChannelSettings.TOPIC, ChannelSettings.ACCESS);

    /** They have a table beside the explanation of tokens. */
    private static final Predicate<Setting<?>> OF_JWT = setting -> setting.key().startsWith("laundry-bridge.auth.jwt.");

    @Test
    void theTablesOfTheDocumentationAreThoseOfTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        String right = TABLE.matcher(page)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) + table(part.group(2)) + part.group(3)));
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, right);
        } else {
            assertThat(page).isEqualTo(right);
        }
    }

    @Test
    void everySettingIsInOneTableOfThePage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(SettingCatalogue.all())
                .allSatisfy(setting -> assertThat(page).containsOnlyOnce("\n| `" + setting + "` |"));
    }

    private static String table(String name) {
        List<Setting<?>> settings = switch (name) {
            case "required" -> REQUIRED;
            case "channel" -> ChannelSettings.all();
            case "endpoint" ->
                BridgeSettings.all().stream().filter(OF_JWT.negate()).toList();
            case "jwt" -> BridgeSettings.all().stream().filter(OF_JWT).toList();
            case "publish" -> PublishSettings.all();
            default -> LimitSettings.all();
        };
        Predicate<Setting<?>> isHere = setting -> name.equals("required") || !REQUIRED.contains(setting);
        return "\n| key | default | allowed | meaning | seen in the meter |\n|---|---|---|---|---|\n"
                + settings.stream().filter(isHere).map(SettingTablesTest::row).collect(joining())
                + "\n";
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        setting,
                        setting.defaultText(),
                        setting.bounds(),
                        meaning(setting),
                        setting.meter()
                                .map(Meter::meterName)
                                .map(meter -> "`" + meter + "`")
                                .orElse(""));
    }

    private static String meaning(Setting<?> setting) {
        return setting.meaning()
                + setting.choices().stream()
                        .map(choice -> " `" + choice.word() + "`: " + choice.meaning() + ".")
                        .collect(joining());
    }
}
