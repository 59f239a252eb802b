package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.config.BridgeSettings;
import io.laundrybridge.config.ChannelSettings;
import io.laundrybridge.config.Choice;
import io.laundrybridge.config.Kind;
import io.laundrybridge.config.Setting;
import io.laundrybridge.config.SettingCatalogue;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.session.TransportChoice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Goes through all settings of the catalogue. One that is added is tested here by itself. */
class EverySettingIsCheckedTest {
    private static final Map<String, String> MINIMAL = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous",
            "laundry-bridge.channels.machines.latest-by-key", "true",
            "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");

    /** Values that no setting of a kind takes, except zero if its bounds say so. */
    private static List<String> wrong(Kind kind) {
        return switch (kind) {
            case DURATION ->
                List.of("soon", "7", "0s", "0ms", "-1s", "PT-5S", "36501d", "999999999999999d", "P99999999D");
            case SIZE ->
                List.of("much", "0", "0KiB", "-1", "-1KiB", "1025GiB", "999999999999GiB", "9223372036854775808");
            case COUNT -> List.of("many", "1.5", "0", "-1", "-2147483648", "2147483647", "2147483648", "99999999999");
            case FLAG -> List.of("yes", "TRUE", "0", "1", "-1");
            case CHOICE -> List.of("maybe", "0", "-1", "auto,wait");
            case LIST -> List.of("?!", "=", "a b");
            case SECRET -> List.of("?!", "0123456789abcdef0123456789abcde", "x".repeat(100_000));
            case TEXT -> List.of("?!", "a b", "\u0000", "x".repeat(100_000));
        };
    }

    /** What channels may keep is added up and compared with the node's limit, which has a test of its own. */
    private static final Set<String> SUMMED = Set.of(
            "laundry-bridge.channels.machines.retain-bytes",
            "laundry-bridge.channels.machines.state-bytes",
            "laundry-bridge.limits.log-bytes");

    static Stream<Arguments> wrongValues() {
        return checked()
                .flatMap(setting -> wrong(setting.kind()).stream()
                        .filter(value -> !isZero(value) || !zeroMeansSomething(setting))
                        .map(value -> arguments(setting.of("machines"), value)));
    }

    /** All but what is Kafka's. */
    private static Stream<Setting<?>> checked() {
        return SettingCatalogue.all().stream().filter(setting -> setting != BridgeSettings.KAFKA);
    }

    private static boolean isZero(String value) {
        return value.matches("0(s|ms|KiB)?");
    }

    private static boolean zeroMeansSomething(Setting<?> setting) {
        return setting.bounds().matches("0(ms)?\\b.*");
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueStopsTheStartWithTheKeyTheValueAndWhatIsExpected(Setting<?> setting, String value) {
        assertThatThrownBy(() -> from(Map.of(setting.key(), value)))
                .isInstanceOfSatisfying(SettingException.class, error -> {
                    assertThat(error.key()).isEqualTo(setting.key());
                    assertThat(error).hasMessageContaining(setting.key()).hasMessageContaining(shown(setting, value));
                    assertThat(error.getMessage()).containsPattern("; (expected|browsers|there are|'null')");
                });
    }

    private static String shown(Setting<?> setting, String value) {
        if (setting.kind() == Kind.SECRET) {
            return "a secret of " + value.length() + " characters;"; // and not the secret
        }
        return value.length() > 200 ? "xxx..." : "'" + value + "'";
    }

    static Stream<Arguments> rightValues() {
        return checked().flatMap(setting -> right(setting).map(value -> arguments(setting.of("machines"), value)));
    }

    /** The bounds themselves, the words of a choice, both flags. */
    private static Stream<String> right(Setting<?> setting) {
        return switch (setting.kind()) {
            case DURATION, SIZE, COUNT -> Arrays.stream(setting.bounds().split(" to |, "));
            case FLAG -> Stream.of("true", "false");
            case CHOICE -> setting.choices().stream().map(Choice::word);
            case SECRET -> Stream.of("x".repeat(32), "x".repeat(4_096));
            case TEXT, LIST -> Stream.empty();
        };
    }

    @ParameterizedTest
    @MethodSource("rightValues")
    void aValueAtItsBoundMakesABridge(Setting<?> setting, String value) {
        Map<String, String> room = Map.of(
                "laundry-bridge.limits.log-bytes", "1024GiB",
                "laundry-bridge.limits.unanswered-bytes", "1024GiB",
                "laundry-bridge.limits.beat-bytes", "1KiB",
                "laundry-bridge.auth.jwt.jwks", "https://login.invalid/jwks.json");
        if (SUMMED.contains(setting.key()) || setting.key().equals(BridgeSettings.AUTH_MODE.key())) {
            assertThat(value).satisfies(setting::parse);
            return;
        }
        Map<String, String> more = new HashMap<>(room);
        more.put(setting.key(), value);
        from(more).close();
    }

    @Test
    void theWordsOfAChoiceAreTheConstantsThatTheyMean() {
        assertWords(BridgeSettings.TRANSPORT, TransportChoice.values());
        assertWords(BridgeSettings.STARTUP, Startup.values());
        assertWords(BridgeSettings.AUTH_MODE, AuthMode.values());
        assertWords(ChannelSettings.FALL_BEHIND, FallBehind.values());
        assertWords(ChannelSettings.UNDECODABLE, UndecodablePolicy.values());
        assertThat(SettingCatalogue.all().stream().filter(setting -> setting.kind() == Kind.CHOICE))
                .as("with the formats of keys and of views, whose constants are private")
                .hasSize(7);
    }

    private static void assertWords(Setting<String> choice, Enum<?>[] constants) {
        assertThat(choice.choices().stream().map(Choice::word))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(constants)
                        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    private static LaundryBridge from(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(MINIMAL);
        properties.putAll(more);
        return LaundryBridge.builder().settings(properties).build();
    }
}
