package io.laundrybridge.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import org.junit.jupiter.api.Test;

class FirstSinceTest {
    private final FirstSince search = new FirstSince(100, 2, PositionVector.of(40, 50));

    @Test
    void theFirstRecordOfEachPartitionCountsHoweverTimestampsGo() {
        assertThat(search.show(0, 10, 99)).isFalse();
        assertThat(search.show(0, 11, 105)).isTrue();
        assertThat(search.show(0, 12, 90)).isFalse();
        assertThat(search.show(0, 13, 100)).isFalse();
        assertThat(search.isComplete()).isFalse();
        assertThat(search.show(1, 20, 100)).isTrue();
        assertThat(search.isComplete()).isTrue();
        assertThat(search.place()).isEqualTo(PositionVector.of(11, 20));
    }

    @Test
    void aPartitionWithoutSuchARecordStaysWhereItWas() {
        search.show(1, 20, 200);
        assertThat(search.place()).isEqualTo(PositionVector.of(40, 20));
    }
}
