package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LostPlacesTest {

    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final TopicOffsets FROM_TEN_TO_TWENTY = new TopicOffsets(
            new TopicView(Uuid.randomUuid(), List.of(0, 0)),
            PositionVector.of(10, 10),
            PositionVector.of(20, 20),
            Map.of(),
            Duration.ofHours(24));

    @Test
    void beginsAgainWhereTheLogBeginsNow() {
        LostPlaces places = LostPlaces.of("t", new OffsetOutOfRangeException(Map.of(ZERO, 3L)), FROM_TEN_TO_TWENTY);
        assertThat(places).isEqualTo(new LostPlaces(Map.of(0, 10L), Map.of()));
    }

    @Test
    void takesAPlaceBeyondTheEndForACutLog() {
        LostPlaces places = LostPlaces.of("t", new OffsetOutOfRangeException(Map.of(ONE, 30L)), FROM_TEN_TO_TWENTY);
        assertThat(places).isEqualTo(new LostPlaces(Map.of(), Map.of(1, 20L)));
    }

    @Test
    void triesAgainWhereTheLogHasThePlaceMeanwhile() {
        LostPlaces places = LostPlaces.of("t", new OffsetOutOfRangeException(Map.of(ZERO, 15L)), FROM_TEN_TO_TWENTY);
        assertThat(places).isEqualTo(new LostPlaces(Map.of(), Map.of()));
    }

    @Test
    void cutsWhereTheLogsDivergeOrFromTheBeginningIfThatIsNotKnown() {
        var truncated = new LogTruncationException(
                Map.of(ZERO, 15L, ONE, 16L), Map.of(ONE, new OffsetAndMetadata(12, Optional.of(4), "")));
        LostPlaces places = LostPlaces.of("t", truncated, FROM_TEN_TO_TWENTY);
        assertThat(places).isEqualTo(new LostPlaces(Map.of(), Map.of(0, 10L, 1, 12L)));
    }

    @Test
    void startsOverFromTheHistoryButNoLaterThanTheCut() {
        PositionVector history = PositionVector.of(18, 5);
        PositionVector start =
                new PendingStart(ResetReason.TRUNCATED, Map.of(0, 12L)).place(history, FROM_TEN_TO_TWENTY.beginning());
        assertThat(start).isEqualTo(PositionVector.of(12, 10));
    }
}
