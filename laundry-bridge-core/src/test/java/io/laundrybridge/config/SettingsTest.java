package io.laundrybridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private enum Unit {
        DAYS,
        HALF_DAYS
    }

    private static final SettingGroup GROUP = new SettingGroup("");
    private static final Setting<Duration> WAIT = GROUP.duration(
                    "wait", Duration.ofMillis(100), Duration.ofDays(36_500))
            .byDefault(Duration.ofSeconds(5))
            .means("A test's.");
    private static final Setting<Duration> PAUSE = GROUP.durationOrZero(
                    "pause", Duration.ofMillis(10), Duration.ofMinutes(1))
            .means("A test's.");
    private static final Setting<Long> SIZE =
            GROUP.size("size", 512, 1L << 40).byDefault(64L << 10).means("A test's.");
    private static final Setting<String> UNIT = GROUP.choice(
                    "unit", new Choice("days", "24 h"), new Choice("half-days", "12 h"))
            .byDefault("days")
            .means("A test's.");
    private static final Setting<String> COLOUR =
            GROUP.text("channels.NAME.colour", "[a-z]+", "a colour such as red").means("A test's.");

    @ParameterizedTest
    @CsvSource({"250ms,250", "10s,10000", "5m,300000", "1h,3600000", "2d,172800000", "PT1.5S,1500", "1 S,1000"})
    void readsDurationsAsPeopleWriteThem(String text, long millis) {
        assertThat(WAIT.parse(text).toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"512,512", "64KiB,65536", "32MiB,33554432", "1GiB,1073741824", "1 kb,1024"})
    void readsSizesAsPeopleWriteThem(String text, long bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"soon", "-1s", "10", "1 fortnight", "PT-5S", "0s", "99ms", "36501d", "PT-1S", "999999999999999d"
            })
    void aWrongDurationIsRefusedWithItsKeyAndTheBounds(String text) {
        assertThatThrownBy(() -> WAIT.parse(text))
                .isInstanceOf(SettingException.class)
                .hasMessage("laundry-bridge.wait is '" + text
                        + "'; expected a duration of 100ms to 36500d, such as 250ms, 10s, 5m or PT1H");
    }

    @Test
    void zeroIsAllowedWhereItMeansSomething() {
        assertThat(PAUSE.parse("0ms")).isZero();
        assertThat(PAUSE.parse("10ms")).hasMillis(10);
        assertThatThrownBy(() -> PAUSE.parse("1ms"))
                .hasMessageContaining("expected a duration of 0ms, or of 10ms to 1m, such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "511", "1025GiB", "999999999999GiB", "64 kilo", "-1KiB", ""})
    void aWrongSizeIsRefusedWithItsKeyAndTheBounds(String text) {
        assertThatThrownBy(() -> SIZE.parse(text))
                .isInstanceOf(SettingException.class)
                .hasMessage("laundry-bridge.size is '" + text
                        + "'; expected a size of 512 to 1024GiB, such as 64KiB, 32MiB or 1GiB");
    }

    @Test
    void aValueThatCodeGivesHasTheSameBounds() {
        assertThat(SIZE.check(512L)).isEqualTo(512);
        assertThatThrownBy(() -> SIZE.check(0L))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.size is 0; expected a size of 512 to 1024GiB");
    }

    @Test
    void aWrongWordIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> UNIT.parse("weeks"))
                .hasMessage("laundry-bridge.unit is 'weeks'; expected one of days, half-days");
    }

    @Test
    void unsetSettingsHaveTheirDefaults() {
        Settings settings = Settings.none();
        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(UNIT, Unit.class)).isEqualTo(Unit.DAYS);
        assertThat(settings.find(WAIT)).isEmpty();
        assertThatThrownBy(() -> settings.get(PAUSE))
                .isInstanceOf(SettingException.class)
                .hasMessage("laundry-bridge.pause is not set; it has no default, so set it");
    }

    @Test
    void aChannelsNameTakesThePlaceOfThePlaceholder() {
        Setting<String> colour = COLOUR.of("site.dryers");
        assertThat(colour.key()).isEqualTo("laundry-bridge.channels.site.dryers.colour");
        assertThat(COLOUR.nameIn(colour.key())).contains("site.dryers");
        assertThat(COLOUR.nameIn("laundry-bridge.channels.site.dryers.topic")).isEmpty();
        assertThat(COLOUR.nameIn("laundry-bridge.channels..colour")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "laundry-bridge.hartbeat, laundry-bridge.heartbeat",
        "laundry-bridge.chanels.machines.topic, laundry-bridge.channels.machines.topic",
        "laundry-bridge.channels.site.machines.acess, laundry-bridge.channels.site.machines.access",
        "laundry-bridge.limits.sesions, laundry-bridge.limits.sessions"
    })
    void aMisspeltKeyIsRefusedAndTheNearestIsNamed(String misspelt, String meant) {
        assertThatThrownBy(() -> Settings.of(Map.of(misspelt, "5s", "laundry-bridge.channels.machines.topic", "t")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(misspelt + " is not a setting; did you mean " + meant + "?");
    }

    @Test
    void propertiesOfKafkaArePassedOn() {
        Settings settings = Settings.of(Map.of(
                "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:9092",
                "laundry-bridge.kafka.client.id", "me",
                "other", "x"));
        assertThat(settings.byName(BridgeSettings.KAFKA))
                .containsOnly(Map.entry("bootstrap.servers", "127.0.0.1:9092"), Map.entry("client.id", "me"));
    }

    @Test
    void channelsAreThoseThatHaveASettingAndTheirNamesMayHoldDots() {
        Settings settings = Settings.of(Map.of(
                "laundry-bridge.channels.site.machines.topic", "a",
                "laundry-bridge.channels.site.retain-age", "1m",
                "laundry-bridge.channels.alarms.topic", "b"));
        assertThat(settings.channels()).containsExactly("alarms", "site", "site.machines");
    }

    @Test
    void anErrorNamesItsKeyWhateverItSays() {
        assertThat(new SettingException("laundry-bridge.path", "is taken"))
                .hasMessage("laundry-bridge.path: is taken")
                .extracting(SettingException::key)
                .isEqualTo("laundry-bridge.path");
        assertThat(new SettingException("laundry-bridge.path", "set laundry-bridge.path"))
                .hasMessage("set laundry-bridge.path");
    }
}
