package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.util.Map;

/** Where a handler's reading begins. */
final class StartPositions {
    private StartPositions() {}

    /**
     * The history that was asked for, but no later than {@code floors}: the offsets, by partition, from which what was
     * handed over before is void. Never before the topic's beginning.
     */
    static PositionVector of(PositionVector history, PositionVector beginning, Map<Integer, Long> floors) {
        long[] starts = new long[history.partitions()];
        for (int p = 0; p < starts.length; p++) {
            long wanted = Math.min(history.next(p), floors.getOrDefault(p, Long.MAX_VALUE));
            starts[p] = Math.max(wanted, beginning.next(p));
        }
        return PositionVector.of(starts);
    }
}
