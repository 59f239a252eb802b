package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/** The place per partition at which a subscription ends: it gets everything before it, and nothing else. Immutable. */
final class Ceiling {
    static final Ceiling NONE = new Ceiling(null);

    private final @Nullable PositionVector vector;

    Ceiling(@Nullable PositionVector vector) {
        this.vector = vector;
    }

    boolean isNone() {
        return vector == null;
    }

    /** Returns whether {@code entry}, or a part of it, is before the end. */
    boolean passes(LogEntry entry) {
        return vector == null || entry.firstOffset() < vector.next(entry.partition());
    }

    /** Returns {@code position}, moved back to the end in each partition that is beyond it. */
    PositionVector lower(PositionVector position) {
        return vector == null ? position : position.lowest(vector);
    }

    /** Returns {@code gap}, which {@linkplain #passes passes}, without offsets beyond the end. */
    Gap clip(Gap gap) {
        int p = gap.partition();
        return vector == null || gap.to() <= vector.next(p)
                ? gap
                : new Gap(p, gap.from(), gap.fromEpoch(), vector.next(p), vector.epoch(p), gap.reason());
    }
}
