package io.laundrybridge.session.dialect.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.limits.BeatLimits;
import io.laundrybridge.session.inbound.BeatAnswers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

public class BeatsTest {
    private final AtomicLong now = new AtomicLong();
    private final BeatAnswers answers = new BeatAnswers();
    private final Beats beats = new Beats(BeatLimits.from(Settings.none()), seconds(25), answers, now::get);

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
            answers.take(n);
        }
        assertThat(lost(1_000)).isFalse();
    }

    @Test
    void aProcessThatStoodStillLooksTwice() {
        beats.next(seconds(1));
        assertThat(beats.lost(at(600))).isFalse();
        answers.take(1);
        assertThat(beats.lost(at(601))).isFalse();
    }

    private boolean lost(long second) {
        beats.lost(at(second));
        return beats.lost(at(second));
    }

    private long at(long second) {
        now.set(seconds(second));
        return now.get();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
