package io.laundrybridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import org.junit.jupiter.api.Test;

class ReplayBudgetTest {
    private static final PositionVector MEMORY = PositionVector.of(1_000, 1_000, 50);

    @Test
    void aRangeWithinTheBudgetIsReachedWhole() {
        PositionVector from = PositionVector.of(400, 600, 80);
        assertThat(new ReplayBudget(1_000, 1).reach(from, MEMORY)).isEqualTo(from);
    }

    @Test
    void everyPartitionGetsTheSameShareOfASmallerBudget() {
        PositionVector from = PositionVector.of(400, 800, 80);
        assertThat(new ReplayBudget(500, 1).reach(from, MEMORY)).isEqualTo(PositionVector.of(750, 800, 80));
    }

    @Test
    void aBudgetOfNothingReachesMemoryWithItsLeaderEpochs() {
        PositionVector memory = PositionVector.of(new long[] {1_000, 50}, new int[] {7, 7});
        assertThat(new ReplayBudget(0, 1).reach(PositionVector.of(400, 80), memory))
                .hasToString("0@1000.7,1@80");
    }
}
