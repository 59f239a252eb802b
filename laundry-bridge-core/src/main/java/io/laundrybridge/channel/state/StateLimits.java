package io.laundrybridge.channel.state;

/**
 * How much state a channel keeps. A channel that has more refuses snapshots, and goes on as a stream.
 *
 * @param keys keys with a value, default 100,000 ({@code laundry-bridge.channels.NAME.state-keys})
 * @param bytes lines of their values, default 64 MiB ({@code laundry-bridge.channels.NAME.state-bytes})
 */
public record StateLimits(int keys, long bytes) {

    /** 100,000 keys, 64 MiB. */
    public static final StateLimits DEFAULT = new StateLimits(100_000, 64L << 20);

    /** Checks that both are positive. */
    public StateLimits {
        if (keys < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "state limits of " + keys + " keys and " + bytes + " bytes; expected at least 1 of each");
        }
    }
}
