package io.laundrybridge.policy;

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
}
