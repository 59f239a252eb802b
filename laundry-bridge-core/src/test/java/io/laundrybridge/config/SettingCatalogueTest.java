package io.laundrybridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.protocol.Interval;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every setting of the catalogue. */
class SettingCatalogueTest {
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern KEY =
            Pattern.compile("laundry-bridge\\.(?!v1\\b|properties\\b|js\\b|src\\.js\\b|d\\.ts\\b)[a-z]");
    private static final List<Path> MAIN = List.of(
            Path.of("src/main/java"),
            Path.of("../laundry-bridge-jakarta/src/main/java"),
            Path.of("../laundry-bridge-spring/src/main/java"),
            Path.of("../examples/gateway/src/main/java"));

    static Stream<Setting<?>> settings() {
        return SettingCatalogue.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void hasAKeyAnAllowedDefaultAndAMeaning(Setting<?> setting) {
        assertThat(setting.key()).matches("laundry-bridge\\.(channels\\.NAME\\.|limits\\.|kafka\\.)?([a-z0-9.-]+|\\*)");
        assertThat(setting.meaning()).matches("[A-Z].*\\.").doesNotContain("|", "\n");
        assertThat(setting.defaultText()).isNotBlank();
        assertDefaultIsAllowed(setting);
    }

    private static <T> void assertDefaultIsAllowed(Setting<T> setting) {
        assertThat(setting.defaultValue().map(setting::check)).isEqualTo(setting.defaultValue());
    }

    @Test
    void noKeyIsThereTwice() {
        assertThat(settings().map(Setting::key)).doesNotHaveDuplicates();
    }

    /** A setting that nobody reads could be set without effect. */
    @Test
    void everySettingIsReadSomewhere() throws IOException {
        Set<String> words = new HashSet<>();
        for (Path file : sources()) {
            words.addAll(Arrays.asList(Files.readString(file).split("\\W+")));
        }
        assertThat(constants().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(words).contains(name));
    }

    /** Everything else refers to it, so that a key, a default or a bound cannot differ between two places. */
    @Test
    void aKeyIsSpeltInTheCatalogueAlone() throws IOException {
        List<String> spelt = new ArrayList<>();
        for (Path file : sources()) {
            STRING.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .filter(text -> KEY.matcher(text).find())
                    .forEach(text -> spelt.add(file.getFileName() + " " + text));
        }
        assertThat(spelt)
                .as("annotations take constants only; tests compare these with the catalogue")
                .containsExactlyInAnyOrder(
                        "LaundryBridgeAutoConfiguration.java \"laundry-bridge.path\"",
                        "LaundryBridgeStampAutoConfiguration.java \"laundry-bridge.stamp.channels\"",
                        "LaundryBridgeSecurityAutoConfiguration.java \"laundry-bridge.path\"",
                        "LaundryBridgeSecurityAutoConfiguration.java \"laundry-bridge.auth.jwt.jwks\"");
    }

    @Test
    void aChannelMayFlushAsRarelyAsASubscription() {
        for (Duration interval : List.of(Duration.ofMillis(9), Duration.ofMillis(10), Duration.ofMinutes(1))) {
            boolean allowed = Interval.FLUSH.allows(interval);
            assertThat(allows(interval)).isEqualTo(allowed);
        }
        assertThat(allows(Duration.ofMinutes(1).plusMillis(1))).isFalse();
    }

    private static boolean allows(Duration interval) {
        try {
            return ChannelSettings.FLUSH.check(interval).equals(interval);
        } catch (SettingException refused) {
            return false;
        }
    }

    /** Main sources outside the catalogue's own package. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : MAIN) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().matches(".*\\Wconfig\\W\\w+.java"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private static Map<String, Setting<?>> constants() {
        Map<String, Setting<?>> constants = new TreeMap<>();
        for (Class<?> group : List.of(BridgeSettings.class, ChannelSettings.class, LimitSettings.class)) {
            for (Field field : group.getFields()) {
                try {
                    constants.put(field.getName(), (Setting<?>) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return constants;
    }
}
