package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.time.Duration;

/** Reads again what an {@link InMemorySource} still keeps. It never waits. */
final class InMemoryHistory implements HistoryReader {
    private final InMemoryLog log;

    InMemoryHistory(InMemoryLog log) {
        this.log = log;
    }

    @Override
    public PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler handler) {
        InMemoryLog.Slice kept = log.from(0);
        PositionVector place = from;
        for (int p = 0; p < until.partitions(); p++) {
            long beginning = Math.min(kept.beginning().next(p), until.next(p));
            if (place.next(p) < beginning) {
                handler.gap(Gap.of(p, place.next(p), beginning, GapReason.RETENTION));
                place = place.with(p, beginning, PositionVector.NO_EPOCH);
            }
        }
        for (SourceRecord record : kept.records()) {
            int p = record.partition();
            if (record.offset() >= place.next(p) && record.offset() < until.next(p)) {
                if (!handler.wantsMore()) {
                    break;
                }
                handler.record(record);
                place = place.with(p, record.offset() + 1, PositionVector.NO_EPOCH);
            }
        }
        return place;
    }

    @Override
    public PositionVector firstSince(long timestamp, PositionVector otherwise) {
        return log.firstSince(timestamp, otherwise);
    }

    @Override
    public PositionVector beginning(PositionVector otherwise, int partitions) {
        return log.from(Long.MAX_VALUE).beginning();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
