package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StuckPartitionsTest {
    private final StuckPartitions partitions = new StuckPartitions();

    @Test
    void onePartitionWithoutProgressBeforeItsGoalIsStuck() {
        assertThat(stuck(0, PositionVector.of(5, 9), PositionVector.of(5, 10))).isZero();
        assertThat(stuck(3, PositionVector.of(8, 9), PositionVector.of(8, 12))).isEqualTo(Duration.ofSeconds(3));
        assertThat(stuck(7, PositionVector.of(9, 9), PositionVector.of(11, 12))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void onlyTheTimeInWhichItWasSeenBehindCounts() {
        stuck(0, PositionVector.of(5), PositionVector.of(5));
        assertThat(stuck(60, PositionVector.of(5), PositionVector.of(6))).isZero();
        assertThat(stuck(65, PositionVector.of(5), PositionVector.of(6))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void oneThatMovesOrHasArrivedIsNot() {
        stuck(0, PositionVector.of(5), PositionVector.of(10));
        assertThat(stuck(6, PositionVector.of(6), PositionVector.of(20))).isZero();
        assertThat(stuck(12, PositionVector.of(20), PositionVector.of(20))).isZero();
        assertThat(stuck(60, PositionVector.of(20), PositionVector.of(20))).isZero();
        assertThat(stuck(61, PositionVector.of(20), PositionVector.of(21))).isZero();
    }

    private Duration stuck(long second, PositionVector place, PositionVector goal) {
        return partitions.stuck(place, goal, Duration.ofSeconds(second).toNanos());
    }
}
