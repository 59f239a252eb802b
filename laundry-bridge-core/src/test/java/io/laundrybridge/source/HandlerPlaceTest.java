package io.laundrybridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a handler may rely on, whatever the source. */
class HandlerPlaceTest {
    private final List<String> calls = new ArrayList<>();
    private final HandlerPlace place = new HandlerPlace("machines", new Recording());

    private final class Recording implements RecordHandler {
        @Override
        public void opened(StreamStart start) {
            calls.add("opened");
        }

        @Override
        public void record(SourceRecord record) {
            if (record.offset() == 7) {
                throw new RetriableDecodeException("the registry is away", new IllegalStateException());
            }
            if (record.offset() == 8) {
                throw new IllegalArgumentException("not mine");
            }
            calls.add("record " + record.offset());
        }

        @Override
        public void gap(Gap gap) {
            calls.add("gap " + gap.from() + " to " + gap.to());
        }

        @Override
        public void batchEnd(PositionVector progress) {
            calls.add("batch " + progress.next(0));
        }

        @Override
        public void live() {
            calls.add("live");
        }

        @Override
        public void stale(String reason) {
            calls.add("stale");
        }

        @Override
        public void fresh() {
            calls.add("fresh");
        }

        @Override
        public void reset(ResetReason reason, StreamStart start) {
            calls.add("reset " + reason);
        }

        @Override
        public void failed(Throwable cause) {
            calls.add("failed");
            throw new IllegalStateException("again");
        }
    }

    @Test
    void liveComesOncePerStartAndOnlyAtItsEnd() {
        place.begin(start(3), at(4));
        place.announceLive();
        place.record(record(3));
        place.batchEnd();
        place.announceLive();
        place.announceLive();
        place.beginAgain(ResetReason.EPOCH, start(0), at(0));
        place.announceLive();
        assertThat(calls).containsExactly("opened", "record 3", "batch 4", "live", "reset EPOCH", "live");
    }

    @Test
    void aBatchThatMovedNothingEndsSilently() {
        place.begin(start(3), at(9));
        place.batchEnd();
        place.passed(0, 5, PositionVector.NO_EPOCH);
        place.batchEnd();
        place.passed(0, 4, PositionVector.NO_EPOCH);
        place.batchEnd();
        assertThat(calls).containsExactly("opened", "batch 5");
    }

    @Test
    void onlyWhatWasMissedIsAGap() {
        place.begin(start(3), at(9));
        place.lost(0, 3, GapReason.RETENTION);
        place.lost(0, 6, GapReason.RETENTION);
        assertThat(calls).containsExactly("opened", "gap 3 to 6");
    }

    @Test
    void aRecordThatCannotBeTakenNowLeavesThePlaceBeforeIt() {
        place.begin(start(7), at(9));
        assertThatThrownBy(() -> place.record(record(7))).isInstanceOf(RetriableDecodeException.class);
        assertThat(place.next(0)).isEqualTo(7);
        assertThat(place.isClosed()).isFalse();
    }

    @Test
    void aHandlerThatThrowsFailsOnceAndGetsNothingMore() {
        place.begin(start(8), at(9));
        place.record(record(8));
        place.record(record(9));
        place.call(RecordHandler::fresh);
        place.batchEnd();
        place.fail(new IllegalStateException());
        assertThat(calls).containsExactly("opened", "failed");
        assertThat(place.isClosed()).isTrue();
    }

    @Test
    void aClosedHandlerGetsNotEvenItsFailure() {
        place.begin(start(0), at(9));
        place.close();
        place.record(record(1));
        place.lost(0, 5, GapReason.RETENTION);
        place.fail(new IllegalStateException());
        assertThat(calls).containsExactly("opened");
    }

    private static StreamStart start(long offset) {
        return new StreamStart("epoch", at(0), at(offset));
    }

    private static PositionVector at(long offset) {
        return PositionVector.of(new long[] {offset});
    }

    private static SourceRecord record(long offset) {
        return new SourceRecord("topic", 0, offset, PositionVector.NO_EPOCH, 0, null, null, List.of());
    }
}
