package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class CorruptRecordsTest {

    private final CorruptRecords corrupt = new CorruptRecords("site-1.log");

    @Test
    void findsThePartitionInWhatTheClientsSay() {
        assertThat(corrupt.partition(
                        new KafkaException("Received exception when fetching the next record from site-1.log-12. If"
                                + " needed, please seek past the record to continue consumption.")))
                .hasValue(12);
        assertThat(corrupt.partition(new KafkaException(
                        "Encountered corrupt message when fetching offset 7 for topic-partition site-1.log-3")))
                .hasValue(3);
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(corrupt.partition(new KafkaException("Failed to close site-1.log-3")))
                .isEmpty();
        assertThat(corrupt.partition(new KafkaException())).isEmpty();
    }

    @Test
    void givesAPlaceThreeTriesAndItsNeighbourNone() {
        assertThat(corrupt.givesUp(0, 5)).isFalse();
        assertThat(corrupt.givesUp(0, 5)).isFalse();
        assertThat(corrupt.givesUp(0, 5)).isFalse();
        assertThat(corrupt.givesUp(0, 5)).isTrue();
        assertThat(corrupt.givesUp(0, 6)).isTrue();
        assertThat(corrupt.givesUp(0, 9)).isFalse();
    }
}
