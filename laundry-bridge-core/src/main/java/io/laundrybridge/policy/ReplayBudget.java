package io.laundrybridge.policy;

import io.laundrybridge.event.PositionVector;

/**
 * Limits how far behind a channel's memory one session may read before it is live again. What is further back is a gap
 * of reason {@code limit}, sent before the first event.
 *
 * @param records offsets before memory, of all partitions together, default 1,000,000
 *     ({@code laundry-bridge.channels.NAME.replay-records}); 0 means no replay
 * @param bytes bytes of replayed lines, default 256 MiB ({@code laundry-bridge.channels.NAME.replay-bytes})
 */
public record ReplayBudget(long records, long bytes) {

    /** 1,000,000 offsets, 256 MiB. */
    public static final ReplayBudget DEFAULT = new ReplayBudget(1_000_000, 256L << 20);

    /** Checks that neither is negative. */
    public ReplayBudget {
        if (records < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "replay budget of " + records + " records and " + bytes + " bytes; expected neither below 0");
        }
    }

    /**
     * Tells how far back a session may read that wants to read from {@code from} on.
     *
     * @param from the place that the session wants to read from
     * @param memory the oldest place that the channel's memory holds
     * @return {@code from}, moved up in each partition so far that no more than {@link #records} are before {@code memory}
     */
    public PositionVector reach(PositionVector from, PositionVector memory) {
        if (from.offsetsTo(memory) <= records) {
            return from;
        }
        int behind = 0;
        for (int p = 0; p < memory.partitions(); p++) {
            behind += memory.next(p) > from.next(p) ? 1 : 0;
        }
        long share = records / behind;
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
