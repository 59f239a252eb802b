package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private final Freshness freshness = new Freshness();

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    private void begin(Integer... leaders) {
        freshness.begin(at(0));
        freshness.servedBy(List.of(leaders));
    }

    /** A poll after which broker b has given {@code answers[b]} answers. */
    private boolean poll(double seconds, double... answers) {
        return freshness.polled(at(seconds), broker -> answers[broker], Set.of());
    }

    @Test
    void countsTheSilenceSinceTheLastAnswer() {
        begin(0);
        assertThat(poll(1, 1)).isTrue();
        assertThat(poll(2, 1)).isFalse();
        assertThat(poll(3, 1)).isFalse();
        assertThat(freshness.silence()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void detectsOneSilentBrokerAmongOthersThatAnswer() {
        begin(0, 1, 1);
        for (int second = 1; second <= 6; second++) {
            assertThat(poll(second, second, 0)).isTrue();
        }
        assertThat(freshness.silence()).isEqualTo(Duration.ofSeconds(6));
        assertThat(freshness.silentPartitions()).isEqualTo(2);
    }

    @Test
    void expectsNothingOfABrokerThatLeadsNoMore() {
        begin(0, 1);
        for (int second = 1; second <= 6; second++) {
            poll(second, second, 0);
        }
        freshness.servedBy(List.of(0, 0));
        assertThat(freshness.silence()).isZero();
        freshness.servedBy(List.of(0, TopicView.NOBODY));
        assertThat(freshness.silence()).isZero();
        assertThat(freshness.silentPartitions()).isZero();
    }

    @Test
    void takesABusyLoopForNoSilence() {
        begin(0);
        poll(1, 1);
        poll(31, 1);
        assertThat(freshness.silence()).isZero();
    }

    @Test
    void takesRecordsFromABufferForAnAnswer() {
        begin(0);
        assertThat(freshness.polled(at(5), broker -> 0, Set.of(0))).isTrue();
        assertThat(freshness.silence()).isZero();
    }
}
