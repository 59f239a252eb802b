package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.junit.jupiter.api.Test;

class UnreadableRecordsTest {
    private final Error error = new UnsatisfiedLinkError("no such library");
    private final KafkaException named = new KafkaException("Received exception when fetching from t-0");

    private final UnreadableRecords unreadable = new UnreadableRecords("t");

    private static long seconds(int count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void recordsThatAnErrorKeepsUnreadAreNotDamaged() {
        assertThat(unreadable.behind(new KafkaException("x", new KafkaException(error))))
                .isSameAs(error);
        assertThat(unreadable.behind(new KafkaException("x", new CorruptRecordException())))
                .isNull();
    }

    @Test
    void aRecordNamedWithoutCauseHasThePreviousError() {
        assertThat(unreadable.behind(named)).isNull();
        assertThat(unreadable.suspect(error, 0)).isTrue();
        assertThat(unreadable.suspect(error, 0)).as("it is careful already").isFalse();
        assertThat(unreadable.behind(named)).isSameAs(error);
        assertThat(unreadable.leaveOut(0, 7, error, 0)).isTrue();
        assertThat(unreadable.isCareful()).isFalse();
    }

    @Test
    void aPartitionIsLeftOutForLongerEachTimeAndReportedUntilItIsPassed() {
        unreadable.leaveOut(1, 7, error, 0);
        assertThat(unreadable.changed(1)).isTrue();
        assertThat(unreadable.leftOut()).containsExactly(1);
        assertThat(unreadable.changed(seconds(4))).isFalse();
        assertThat(unreadable.changed(seconds(5))).isTrue();
        assertThat(unreadable.leftOut()).isEmpty();
        unreadable.leaveOut(1, 7, error, seconds(5));
        assertThat(unreadable.changed(seconds(14))).isTrue();
        assertThat(unreadable.changed(seconds(15))).isTrue();
        unreadable.polled(partition -> 7, seconds(15));
        assertThat(unreadable.cause()).isNotNull();
        unreadable.polled(partition -> 8, seconds(15));
        assertThat(unreadable.cause()).isNull();
    }

    @Test
    void aConsumerIsNotCarefulForEverIfNothingComesOfIt() {
        unreadable.suspect(error, 0);
        assertThat(unreadable.polled(partition -> 0, seconds(9))).isFalse();
        assertThat(unreadable.polled(partition -> 0, seconds(11))).isTrue();
        assertThat(unreadable.cause()).isNull();
    }
}
