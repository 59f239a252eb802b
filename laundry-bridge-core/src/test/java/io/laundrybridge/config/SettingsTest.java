package io.laundrybridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({"250ms,250", "10s,10000", "5m,300000", "1h,3600000", "2d,172800000", "PT1.5S,1500"})
    void readsDurationsAsPeopleWriteThem(String text, long millis) {
        assertThat(settings("heartbeat", text)
                        .duration("heartbeat", Duration.ZERO)
                        .toMillis())
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"512,512", "64KiB,65536", "32MiB,33554432", "1GiB,1073741824", "1 kb,1024"})
    void readsSizesAsPeopleWriteThem(String text, long bytes) {
        assertThat(settings("retain", text).bytes("retain", 0)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1s", "10", "1 fortnight", "PT-5S"})
    void namesTheKeyOfAWrongDuration(String text) {
        assertThatThrownBy(() -> settings("heartbeat", text).duration("heartbeat", Duration.ZERO))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.heartbeat")
                .hasMessageContaining(text);
    }

    @Test
    void namesTheChoicesOfAWrongChoice() {
        assertThatThrownBy(() -> settings("unit", "weeks").choice("unit", TimeUnit.class, TimeUnit.DAYS))
                .hasMessageContaining("laundry-bridge.unit is 'weeks'")
                .hasMessageContaining("milliseconds");
    }

    @Test
    void refusesAMisspeltKeyAndNamesTheNearest() {
        Settings settings = Settings.of(Map.of("laundry-bridge.hartbeat", "5s"));
        settings.duration("heartbeat", Duration.ZERO);
        settings.text("path");
        assertThatThrownBy(settings::refuseUnknown)
                .hasMessageContaining("laundry-bridge.hartbeat is not a setting")
                .hasMessageContaining("did you mean laundry-bridge.heartbeat");
    }

    @Test
    void passesAGroupOnWhole() {
        Settings settings =
                Settings.of(Map.of("laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:9092", "other", "x"));
        assertThat(settings.under("kafka")).containsExactly(Map.entry("bootstrap.servers", "127.0.0.1:9092"));
        settings.refuseUnknown();
    }

    @Test
    void namesWhatStandsBelowAGroup() {
        Settings settings = Settings.of(
                Map.of("laundry-bridge.channels.machines.topic", "a", "laundry-bridge.channels.alarms.topic", "b"));
        assertThat(settings.names("channels")).containsExactly("alarms", "machines");
    }

    @ParameterizedTest
    @CsvSource({"0, 1KiB to 64KiB", "1023, 1KiB to 64KiB", "65KiB, 1KiB to 64KiB", "999999999999GiB, 1KiB to 64KiB"})
    void aSizeOutOfBoundsIsRefusedWithTheBounds(String text, String bounds) {
        assertThatThrownBy(() -> settings("size", text).bytes("size", 0, 1 << 10, 64 << 10))
                .hasMessageContaining("laundry-bridge.size is '" + text + "'; expected " + bounds);
    }

    @ParameterizedTest
    @CsvSource({"0s, 100ms to 36500d", "99ms, 100ms to 36500d", "36501d, 100ms to 36500d", "PT-1S, 100ms to 36500d"})
    void aDurationOutOfBoundsIsRefusedWithTheBounds(String text, String bounds) {
        assertThatThrownBy(() -> settings("wait", text).duration("wait", Duration.ZERO, Duration.ofMillis(100)))
                .hasMessageContaining("laundry-bridge.wait is '" + text + "'; expected " + bounds);
    }

    @Test
    void aNameMayHoldDots() {
        Settings settings = Settings.of(Map.of(
                "laundry-bridge.channels.site.machines.topic", "a", "laundry-bridge.channels.site.retain-age", "1m"));
        assertThat(settings.names("channels")).containsExactly("site", "site.machines");
    }

    private static Settings settings(String key, String value) {
        return Settings.of(Map.of("laundry-bridge." + key, value));
    }
}
