package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A start that waits until the topic's offsets are known.
 *
 * @param reason why the handler starts over; null for its first start
 * @param floors the offsets, by partition, from which what was handed over before is void
 */
record PendingStart(@Nullable ResetReason reason, Map<Integer, Long> floors) {
    /** The first start of a handler. */
    static final PendingStart FIRST = new PendingStart(null, Map.of());

    /** Returns where reading begins; null if {@code offsets} do not contain {@code history}. */
    @Nullable PositionVector place(TopicOffsets offsets, Duration history) {
        PositionVector since = reason == ResetReason.EPOCH
                ? offsets.beginning()
                : offsets.since().get(history);
        return since == null ? null : place(since, offsets.beginning());
    }

    /** Returns the start of the requested history, but not after the floors and not before the topic's beginning. */
    PositionVector place(PositionVector history, PositionVector beginning) {
        long[] starts = new long[history.partitions()];
        for (int p = 0; p < starts.length; p++) {
            long wanted = Math.min(history.next(p), floors.getOrDefault(p, Long.MAX_VALUE));
            starts[p] = Math.max(wanted, beginning.next(p));
        }
        return PositionVector.of(starts);
    }
}
