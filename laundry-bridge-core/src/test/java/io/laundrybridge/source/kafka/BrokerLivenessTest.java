package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerLivenessTest {

    private final BrokerLiveness liveness = new BrokerLiveness();

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    private void begin(Integer... leaders) {
        liveness.begin(at(0));
        liveness.servedBy(List.of(leaders));
    }

    /** A poll after which broker b has given {@code answers[b]} answers. */
    private boolean poll(double seconds, double... answers) {
        return liveness.polled(at(seconds), broker -> answers[broker], Set.of());
    }

    @Test
    void countsTheSilenceSinceTheLastAnswer() {
        begin(0);
        assertThat(poll(1, 1)).isTrue();
        assertThat(poll(2, 1)).isFalse();
        assertThat(poll(3, 1)).isFalse();
        assertThat(liveness.silence()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void detectsOneSilentBrokerAmongOthersThatAnswer() {
        begin(0, 1, 1);
        for (int second = 1; second <= 6; second++) {
            assertThat(poll(second, second, 0)).isTrue();
        }
        assertThat(liveness.silence()).isEqualTo(Duration.ofSeconds(6));
        assertThat(liveness.silentPartitions()).isEqualTo(2);
    }

    @Test
    void expectsNothingOfABrokerThatLeadsNoMore() {
        begin(0, 1);
        for (int second = 1; second <= 6; second++) {
            poll(second, second, 0);
        }
        liveness.servedBy(List.of(0, 0));
        assertThat(liveness.silence()).isZero();
        liveness.servedBy(List.of(0, TopicView.NOBODY));
        assertThat(liveness.silence()).isZero();
        assertThat(liveness.silentPartitions()).isZero();
    }

    @Test
    void takesABusyLoopForNoSilence() {
        begin(0);
        poll(1, 1);
        poll(31, 1);
        assertThat(liveness.silence()).isZero();
    }

    @Test
    void takesRecordsFromABufferForAnAnswer() {
        begin(0);
        assertThat(liveness.polled(at(5), broker -> 0, Set.of(0))).isTrue();
        assertThat(liveness.silence()).isZero();
    }
}
