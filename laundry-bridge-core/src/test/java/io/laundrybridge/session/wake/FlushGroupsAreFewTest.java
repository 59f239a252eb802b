package io.laundrybridge.session.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

public class FlushGroupsAreFewTest {
    @Test
    void allIntervalsOfClientsShareFewGroups() {
        Set<Long> intervals = new TreeSet<>();
        for (long millis = 10; millis <= 60_000; millis++) {
            long cut = FlushGroups.cut(millis);
            assertThat(cut).isBetween(millis / 2, millis);
            intervals.add(cut);
        }
        assertThat(intervals).hasSize(64).contains(10L, 20L, 50L, 100L, 250L, 1_000L, 5_000L, 60_000L);
    }
}
