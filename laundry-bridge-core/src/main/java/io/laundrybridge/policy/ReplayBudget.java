package io.laundrybridge.policy;

/**
 * How far behind a channel's memory one session may read before it is live again. What lies further back is a gap of
 * reason {@code limit}, told before the first event.
 *
 * @param records offsets behind the memory, all partitions together, default 1,000,000
 *     ({@code laundry-bridge.channels.NAME.replay-records}); 0 means that nothing is read again
 * @param bytes lines read again, default 256 MiB ({@code laundry-bridge.channels.NAME.replay-bytes})
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
