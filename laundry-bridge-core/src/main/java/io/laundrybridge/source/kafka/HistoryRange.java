package io.laundrybridge.source.kafka;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.Progress;

/** What is read: a place in each partition, and where reading ends. Confined to the reading thread. */
final class HistoryRange {
    private final PositionVector until;
    private final HistoryHandler handler;
    private final Progress place = new Progress();

    HistoryRange(PositionVector from, PositionVector until, HistoryHandler handler) {
        this.until = until;
        this.handler = handler;
        place.set(from);
        place.grow(until.partitions());
    }

    PositionVector place() {
        return place.vector();
    }

    int partitions() {
        return until.partitions();
    }

    long next(int partition) {
        return place.next(partition);
    }

    int epoch(int partition) {
        return place.epoch(partition);
    }

    boolean done() {
        return place.reaches(until);
    }

    boolean wants(int partition) {
        return place.next(partition) < until.next(partition);
    }

    void take(SourceRecord record) {
        int p = record.partition();
        if (record.offset() >= place.next(p) && record.offset() < until.next(p)) {
            handler.record(record);
            place.advance(p, record.offset() + 1, record.leaderEpoch());
        }
    }

    /**
     * Moves partition {@code p} to {@code next}; the last record passed has the leader epoch {@code epoch}. If that
     * record is beyond the range, the epoch before the range's end is unknown.
     */
    void passed(int p, long next, int epoch) {
        long end = until.next(p);
        if (wants(p)) {
            place.advance(p, Math.min(next, end), next > end ? PositionVector.NO_EPOCH : epoch);
        }
    }

    void skip(int p, long to, GapReason reason) {
        long end = Math.min(to, until.next(p));
        if (end > place.next(p)) {
            handler.gap(new Gap(p, place.next(p), place.epoch(p), end, PositionVector.NO_EPOCH, reason));
            place.advance(p, end, PositionVector.NO_EPOCH);
        }
    }
}
