package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private final Freshness freshness = new Freshness();

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    private void begin() {
        freshness.begin(at(0));
    }

    private boolean poll(double seconds, double answered) {
        return freshness.polled(at(seconds), answered, false);
    }

    @Test
    void countsTheSilenceSinceTheLastAnswer() {
        begin();
        assertThat(poll(1, 1)).isTrue();
        assertThat(poll(2, 1)).isFalse();
        assertThat(poll(3, 1)).isFalse();
        assertThat(freshness.silence()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void takesABusyLoopForNoSilence() {
        begin();
        poll(1, 1);
        poll(31, 1);
        assertThat(freshness.silence()).isZero();
    }

    @Test
    void takesRecordsFromABufferForAnAnswer() {
        begin();
        assertThat(freshness.polled(at(5), 0, true)).isTrue();
        assertThat(freshness.silence()).isZero();
    }
}
