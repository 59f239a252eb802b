package io.laundrybridge.session.start;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.policy.ReplayBudget;

/** How far back a session may replay, given a channel's budget. */
public final class ReplayReach {
    private ReplayReach() {}

    /**
     * {@code from}, moved up in each partition so far that no more than the budget's records are before {@code memory}.
     *
     * @param memory the oldest place that the channel's memory holds
     */
    public static PositionVector of(PositionVector from, PositionVector memory, ReplayBudget budget) {
        long missing = 0;
        int behind = 0;
        for (int p = 0; p < memory.partitions(); p++) {
            missing += Math.max(0, memory.next(p) - from.next(p));
            behind += memory.next(p) > from.next(p) ? 1 : 0;
        }
        if (missing <= budget.records()) {
            return from;
        }
        long share = budget.records() / behind;
        PositionVector reach = from;
        for (int p = 0; p < memory.partitions(); p++) {
            if (memory.next(p) - from.next(p) > share) {
                reach = share == 0
                        ? reach.with(p, memory.next(p), memory.epoch(p))
                        : reach.with(p, memory.next(p) - share, PositionVector.NO_EPOCH);
            }
        }
        return reach;
    }
}
