package io.laundrybridge.policy;

/**
 * Limits how much state a channel keeps. A channel that has more refuses snapshots, and continues without state.
 *
 * @param keys keys with a value, default 100,000 ({@code laundry-bridge.channels.NAME.state-keys})
 * @param bytes bytes of their values, default 64 MiB ({@code laundry-bridge.channels.NAME.state-bytes})
 * @param snapshotBytes replaced or deleted values that are held for snapshots in progress, default 64 MiB
 *     ({@code laundry-bridge.channels.NAME.snapshot-bytes}); beyond it the oldest snapshot is dropped, and its sessions
 *     start over
 */
public record StateLimits(int keys, long bytes, long snapshotBytes) {

    /** 100,000 keys, 64 MiB, and 64 MiB for snapshots. */
    public static final StateLimits DEFAULT = new StateLimits(100_000, 64L << 20);

    /** Checks that all are positive. */
    public StateLimits {
        if (keys < 1 || bytes < 1 || snapshotBytes < 1) {
            throw new IllegalArgumentException("state limits of " + keys + " keys, " + bytes + " bytes and "
                    + snapshotBytes + " bytes for snapshots; expected at least 1 of each");
        }
    }

    /** Makes limits of these keys and bytes, and 64 MiB for snapshots. */
    public StateLimits(int keys, long bytes) {
        this(keys, bytes, 64L << 20);
    }
}
