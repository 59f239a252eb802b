package io.laundrybridge.policy;

import java.time.Duration;

/**
 * Limits how much of a channel is kept in memory for clients that come back. The bound that is met first counts; the
 * newest event always fits.
 *
 * @param age age of the oldest event kept, default 10 minutes ({@code laundry-bridge.channels.NAME.retain-age})
 * @param bytes bytes of the log, default 32 MiB ({@code laundry-bridge.channels.NAME.retain-bytes})
 */
public record Retention(Duration age, long bytes) {

    /** The smallest useful log: 64 KiB. */
    public static final long LEAST_BYTES = 64 << 10;

    /** 10 minutes, 32 MiB. */
    public static final Retention DEFAULT = new Retention(Duration.ofMinutes(10), 32L << 20);

    /** Checks the bounds: an age above zero and at least 64 KiB. */
    public Retention {
        if (age.isNegative() || age.isZero() || bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "retention of " + age + " and " + bytes + " bytes; expected a positive age and at least 64 KiB");
        }
    }

    /** Returns a retention of {@code age} and {@code bytes}. */
    public static Retention of(Duration age, long bytes) {
        return new Retention(age, bytes);
    }

    /** Returns {@code count} times 1,024 × 1,024 bytes. */
    public static long mebibytes(long count) {
        return count << 20;
    }
}
