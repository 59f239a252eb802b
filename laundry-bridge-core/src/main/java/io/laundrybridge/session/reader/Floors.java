package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;

/** The places of a resume below which a client knows everything already, per partition. Immutable. */
final class Floors {
    private final PositionVector vector;
    private final long end;

    Floors(PositionVector vector, ChannelLog log) {
        this.vector = vector;
        this.end = vector.partitions() == 0 ? 0 : log.indexPast(vector);
    }

    /** Returns the lowest index known of the log at which nothing is below the floors any more. */
    long end() {
        return end;
    }

    /** Returns whether {@code entry}, to which a reader at {@code index} comes, is not below the floors. */
    boolean pass(long index, LogEntry entry) {
        return index >= end || entry.offset() >= vector.next(entry.partition());
    }

    /** {@code position}, or the floor of a partition that is not as far. */
    PositionVector raise(PositionVector position) {
        return position.atLeast(vector);
    }

    /** {@code gap}, without what is below the floors. */
    Gap clip(Gap gap) {
        int p = gap.partition();
        return gap.from() >= vector.next(p)
                ? gap
                : new Gap(p, vector.next(p), vector.epoch(p), gap.to(), gap.toEpoch(), gap.reason());
    }
}
