package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.HistoryHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryRangeTest {
    private static final PositionVector UNTIL = PositionVector.of(100, 10);

    private final Heard heard = new Heard();
    private final HistoryRange range =
            new HistoryRange(PositionVector.of(new long[] {90, 10}, new int[] {5, 2}), UNTIL, heard);

    private static final class Heard implements HistoryHandler {
        private final List<Long> offsets = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();

        @Override
        public void record(SourceRecord record) {
            offsets.add(record.offset());
        }

        @Override
        public void gap(Gap gap) {
            gaps.add(gap);
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    private static SourceRecord record(long offset, int epoch) {
        return new SourceRecord("t", 0, offset, epoch, 0, null, new byte[1], List.of());
    }

    @Test
    void aHoleThatReachesBeyondTheEndGivesTheEndNoLeaderEpoch() {
        range.take(record(97, 5));
        range.passed(0, 120, 6);
        assertThat(range.place()).isEqualTo(PositionVector.of(new long[] {100, 10}, new int[] {-1, 2}));
        assertThat(range.done()).isTrue();
    }

    @Test
    void aHoleThatEndsWithinKeepsItsLeaderEpoch() {
        range.passed(0, 95, 5);
        range.passed(0, 100, 6);
        assertThat(range.place()).isEqualTo(PositionVector.of(new long[] {100, 10}, new int[] {6, 2}));
    }

    @Test
    void aRecordBeyondTheEndIsNotTakenAndThoseBeforeThePlaceNeither() {
        range.take(record(89, 5));
        range.take(record(99, 6));
        range.take(record(100, 7));
        range.passed(0, 101, 7);
        assertThat(heard.offsets).containsExactly(99L);
        assertThat(range.place().epoch(0)).isEqualTo(6);
    }

    @Test
    void skippedOffsetsAreAGapUpToTheEndAtMost() {
        range.skip(0, 200, GapReason.RETENTION);
        assertThat(heard.gaps).containsExactly(new Gap(0, 90, 5, 100, -1, GapReason.RETENTION));
        assertThat(range.place().epoch(0)).isEqualTo(PositionVector.NO_EPOCH);
    }
}
