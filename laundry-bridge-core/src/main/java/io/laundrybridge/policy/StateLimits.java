package io.laundrybridge.policy;

/**
 * How much state a channel keeps. A channel that has more refuses snapshots, and goes on as a stream.
 *
 * @param keys keys with a value, default 100,000 ({@code laundry-bridge.channels.NAME.state-keys})
 * @param bytes lines of their values, default 64 MiB ({@code laundry-bridge.channels.NAME.state-bytes})
 * @param snapshotBytes values that were replaced or deleted and are held for snapshots that are still being read, default 64 MiB
 *     ({@code laundry-bridge.channels.NAME.snapshot-bytes}); beyond it the oldest snapshot is let go, and sessions that read it
 *     start over with a new one
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

    /** So many keys and bytes, and 64 MiB for snapshots. */
    public StateLimits(int keys, long bytes) {
        this(keys, bytes, 64L << 20);
    }
}
