package io.laundrybridge.source.kafka;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.HistoryHandler;

/** What is read: a place in each partition, and where it ends. Confined to the reading thread. */
final class HistoryRange {
    private final PositionVector until;
    private final HistoryHandler handler;
    private PositionVector place;

    HistoryRange(PositionVector from, PositionVector until, HistoryHandler handler) {
        this.until = until;
        this.handler = handler;
        this.place = from;
    }

    PositionVector place() {
        return place;
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
            place = place.with(p, record.offset() + 1, record.leaderEpoch());
        }
    }

    /** Everything below {@code next} has been passed. */
    void passed(int p, long next, int epoch) {
        if (place.next(p) < next && wants(p)) {
            place = place.with(p, Math.min(next, until.next(p)), epoch);
        }
    }

    void skip(int p, long to, GapReason reason) {
        long end = Math.min(to, until.next(p));
        if (end > place.next(p)) {
            handler.gap(new Gap(p, place.next(p), place.epoch(p), end, PositionVector.NO_EPOCH, reason));
            place = place.with(p, end, PositionVector.NO_EPOCH);
        }
    }
}
