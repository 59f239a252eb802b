package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests when a topic leaves the reader that it shares, and when it comes back, in virtual time. */
class ResidenceTest {
    private static final Duration SLOW = Duration.ofMillis(500);

    private final Residence residence = new Residence();
    private long now = Duration.ofDays(1).toNanos();

    private void took(Duration time) {
        residence.took(time.toNanos(), now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private boolean returns(boolean isWell) {
        return residence.returns(isWell, now);
    }

    /** Is well until it may come back; returns how long that took. */
    private Duration stay() {
        long from = now;
        while (!returns(true)) {
            pass(Duration.ofSeconds(1));
        }
        return Duration.ofNanos(now - from);
    }

    @Test
    void aTopicThatIsSlowTwiceInAMinuteLeaves() {
        took(SLOW);
        assertThat(residence.leaves()).isNull();
        pass(Duration.ofSeconds(59));
        took(SLOW);
        assertThat(residence.leaves()).isEqualTo("its channels take long to encode");
    }

    @Test
    void aTopicThatIsSlowOnceAMinuteStays() {
        for (int i = 0; i < 5; i++) {
            took(SLOW.multipliedBy(3));
            took(SLOW.minusNanos(1));
            pass(Duration.ofMinutes(1));
        }
        assertThat(residence.leaves()).isNull();
    }

    @Test
    void aTopicComesBackAfterHalfAMinuteWithoutTroubleAndEachTimeLaterUpToTenMinutes() {
        residence.trouble("denied");
        residence.left();
        assertThat(stay()).isEqualTo(Duration.ofSeconds(30));
        residence.returned();
        assertThat(stay()).isEqualTo(Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            residence.returned();
        }
        assertThat(stay()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void troubleOrSlownessBeginsTheWaitAnew() {
        residence.left();
        assertThat(returns(true)).isFalse();
        pass(Duration.ofSeconds(29));
        assertThat(returns(false)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(stay()).isEqualTo(Duration.ofSeconds(30));
        took(SLOW);
        assertThat(stay()).isEqualTo(Duration.ofSeconds(90));
    }
}
