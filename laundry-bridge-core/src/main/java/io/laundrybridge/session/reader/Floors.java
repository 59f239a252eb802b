package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;

/** The places of a resume before which a client knows everything, per partition. Immutable. */
final class Floors {
    private final PositionVector vector;
    private final long end;

    Floors(PositionVector vector, ChannelLog log) {
        this.vector = vector;
        this.end = vector.partitions() == 0 ? 0 : log.indexPast(vector);
    }

    /** Returns the lowest known index of the log after which nothing is below the floors. */
    long end() {
        return end;
    }

    /** Returns whether {@code entry}, which a reader finds at {@code index}, is not below the floors. */
    boolean pass(long index, LogEntry entry) {
        return index >= end || entry.offset() >= vector.next(entry.partition());
    }

    /** Returns {@code position}, moved up to the floor in each partition that is below it. */
    PositionVector raise(PositionVector position) {
        return position.atLeast(vector);
    }

    /** Returns {@code gap}, without offsets below the floors. */
    Gap clip(Gap gap) {
        int p = gap.partition();
        return gap.from() >= vector.next(p)
                ? gap
                : new Gap(p, vector.next(p), vector.epoch(p), gap.to(), gap.toEpoch(), gap.reason());
    }
}
