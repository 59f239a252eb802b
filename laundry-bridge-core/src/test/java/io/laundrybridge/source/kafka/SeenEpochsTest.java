package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import org.junit.jupiter.api.Test;

class SeenEpochsTest {
    private final SeenEpochs seen = new SeenEpochs();

    @Test
    void knowsNoEpochOfAPartitionThatItHasSeenNothingOf() {
        assertThat(seen.known(3, 0)).isEqualTo(PositionVector.NO_EPOCH);
        seen.saw(3, 2);
        assertThat(seen.known(2, 0)).isEqualTo(PositionVector.NO_EPOCH);
    }

    @Test
    void knowsWhatIsNotNewerThanWhatItSaw() {
        seen.saw(PositionVector.of(new long[] {5, 5}, new int[] {-1, 4}));
        seen.saw(1, 3);
        assertThat(seen.known(1, 4)).isEqualTo(4);
        assertThat(seen.known(1, 5)).isEqualTo(PositionVector.NO_EPOCH);
        assertThat(seen.known(0, 0)).isEqualTo(PositionVector.NO_EPOCH);
    }

    @Test
    void beginsAnewWithATopicThatWasMadeAgain() {
        seen.saw(0, 7);
        seen.live("another");
        assertThat(seen.known(0, 0)).isEqualTo(PositionVector.NO_EPOCH);
    }
}
