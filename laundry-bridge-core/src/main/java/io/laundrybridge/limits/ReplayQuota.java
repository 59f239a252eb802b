package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.REPLAY_SESSION_BYTES;
import static io.laundrybridge.config.LimitSettings.REPLAY_SESSION_LOOKUPS;
import static io.laundrybridge.config.LimitSettings.REPLAY_SESSION_RECORDS;

import io.laundrybridge.config.Settings;

/**
 * The bounds of replay for one session per minute, for all channels together; each has a key below
 * {@code laundry-bridge.limits}. A session that has used it up waits for its next minute.
 *
 * @param records records read, default 1,000,000 ({@code replay-session-records})
 * @param bytes bytes read, as Kafka has them, default 256 MiB ({@code replay-session-bytes})
 * @param lookups places of times and of the topic's beginning looked up, default 60 ({@code replay-session-lookups})
 */
public record ReplayQuota(int records, long bytes, int lookups) {

    /** The defaults. */
    public static final ReplayQuota DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param records at least 1
     * @param bytes at least 1 KiB
     * @param lookups at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public ReplayQuota {
        REPLAY_SESSION_RECORDS.check(records);
        REPLAY_SESSION_BYTES.check(bytes);
        REPLAY_SESSION_LOOKUPS.check(lookups);
    }

    /**
     * {@return the quota that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static ReplayQuota from(Settings settings) {
        return new ReplayQuota(
                settings.get(REPLAY_SESSION_RECORDS),
                settings.get(REPLAY_SESSION_BYTES),
                settings.get(REPLAY_SESSION_LOOKUPS));
    }

    /**
     * {@return this quota with another number of records}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayQuota withRecords(int most) {
        return new ReplayQuota(most, bytes, lookups);
    }

    /**
     * {@return this quota with another number of bytes}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayQuota withBytes(long most) {
        return new ReplayQuota(records, most, lookups);
    }

    /**
     * {@return this quota with another number of places}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayQuota withLookups(int most) {
        return new ReplayQuota(records, bytes, most);
    }
}
