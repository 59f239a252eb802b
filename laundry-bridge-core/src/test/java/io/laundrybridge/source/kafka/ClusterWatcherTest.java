package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how often the ends of partitions are asked for. */
class ClusterWatcherTest {

    @ParameterizedTest
    @CsvSource({"0, PT2S", "999, PT2S", "1000, PT4S", "3000, PT6S", "100000, PT6S"})
    void theEndsOfVeryManyPartitionsAreAskedForLessOftenWithinBounds(int partitions, Duration interval) {
        assertThat(ClusterWatcher.endsInterval(partitions)).isEqualTo(interval);
    }
}
