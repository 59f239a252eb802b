package io.laundrybridge.session.dialect.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.limits.BeatLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

public class BeatsTest {
    private final Beats beats = new Beats(BeatLimits.from(Settings.none()), seconds(25), 0);

    @Test
    void aBeatIsLostByItsAgeAlone() {
        beats.next(seconds(1));
        assertThat(lost(35)).isFalse();
        assertThat(lost(36)).isTrue();
    }

    @Test
    void answersToEarlierBeatsKeepASlowReader() {
        for (int n = 1; n <= 4; n++) {
            beats.next(seconds(n));
        }
        for (int n = 1; n <= 4; n++) {
            assertThat(lost(n * 30L)).isFalse();
            beats.answered(n, seconds(n * 30L));
        }
        assertThat(lost(1_000)).isFalse();
    }

    @Test
    void aProcessThatStoodStillLooksTwice() {
        beats.next(seconds(1));
        assertThat(beats.lost(seconds(600))).isFalse();
        beats.answered(1, seconds(600));
        assertThat(beats.lost(seconds(601))).isFalse();
    }

    private boolean lost(long second) {
        beats.lost(seconds(second));
        return beats.lost(seconds(second));
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
