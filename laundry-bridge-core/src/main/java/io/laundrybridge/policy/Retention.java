package io.laundrybridge.policy;

import static io.laundrybridge.config.ChannelSettings.RETAIN_AGE;
import static io.laundrybridge.config.ChannelSettings.RETAIN_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * Limits how much of a channel is kept in memory for clients that come back. The bound that is met first counts; the
 * newest event always fits.
 *
 * @param age age of the oldest event kept, default 10 minutes, at least 1 s
 *     ({@code laundry-bridge.channels.NAME.retain-age})
 * @param bytes bytes of the log, default 32 MiB, at least 64 KiB ({@code laundry-bridge.channels.NAME.retain-bytes})
 */
public record Retention(Duration age, long bytes) {

    /** The smallest useful log: 64 KiB. */
    public static final long LEAST_BYTES = 64 << 10;

    /** The largest log: 1 TiB. */
    public static final long MOST_BYTES = 1L << 40;

    /** 10 minutes, 32 MiB. */
    public static final Retention DEFAULT = new Retention(RETAIN_AGE.byDefault(), RETAIN_BYTES.byDefault());

    /**
     * Checks the bounds.
     *
     * @param age oldest event kept; at least 1 s
     * @param bytes memory held by the log; at least 64 KiB
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public Retention {
        RETAIN_AGE.check(age);
        RETAIN_BYTES.check(bytes);
    }

    /**
     * {@return a retention of {@code age} and {@code bytes}}
     *
     * @param age oldest event kept; at least 1 s
     * @param bytes memory held by the log; at least 64 KiB
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public static Retention of(Duration age, long bytes) {
        return new Retention(age, bytes);
    }

    /**
     * {@return the retention that {@code settings} give for {@code channel}}
     *
     * @param settings the settings of the host
     * @param channel the channel's name
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static Retention from(Settings settings, String channel) {
        return new Retention(settings.get(RETAIN_AGE.of(channel)), settings.get(RETAIN_BYTES.of(channel)));
    }

    /**
     * Returns {@code count} times 1,024 × 1,024 bytes.
     *
     * @param count mebibytes
     * @return the bytes
     */
    public static long mebibytes(long count) {
        return count << 20;
    }
}
