package io.laundrybridge.policy;

import static io.laundrybridge.config.ChannelSettings.SNAPSHOT_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_KEYS;

import io.laundrybridge.config.Settings;

/**
 * Limits how much state a channel keeps. A channel that has more refuses snapshots, and continues without state.
 *
 * @param keys keys with a value, default 100,000 ({@code laundry-bridge.channels.NAME.state-keys})
 * @param bytes bytes of their values, default 64 MiB ({@code laundry-bridge.channels.NAME.state-bytes})
 * @param snapshotBytes bytes of replaced or deleted values for snapshots in progress, default 64 MiB
 *     ({@code laundry-bridge.channels.NAME.snapshot-bytes}). Beyond it the oldest snapshot is dropped, and its sessions
 *     start over
 */
public record StateLimits(int keys, long bytes, long snapshotBytes) {

    /** 100,000 keys, 64 MiB, and 64 MiB for snapshots. */
    public static final StateLimits DEFAULT =
            new StateLimits(STATE_KEYS.byDefault(), STATE_BYTES.byDefault(), SNAPSHOT_BYTES.byDefault());

    /**
     * Checks the bounds.
     *
     * @param keys at least 1
     * @param bytes at least 1 KiB
     * @param snapshotBytes at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public StateLimits {
        STATE_KEYS.check(keys);
        STATE_BYTES.check(bytes);
        SNAPSHOT_BYTES.check(snapshotBytes);
    }

    /**
     * Makes limits of these keys and bytes, and 64 MiB for snapshots.
     *
     * @param keys at least 1
     * @param bytes at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public StateLimits(int keys, long bytes) {
        this(keys, bytes, SNAPSHOT_BYTES.byDefault());
    }

    /**
     * {@return the limits that {@code settings} give for {@code channel}}
     *
     * @param settings the settings of the host
     * @param channel the channel's name
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static StateLimits from(Settings settings, String channel) {
        return new StateLimits(
                settings.get(STATE_KEYS.of(channel)),
                settings.get(STATE_BYTES.of(channel)),
                settings.get(SNAPSHOT_BYTES.of(channel)));
    }

    /**
     * {@return these limits with another number of keys}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public StateLimits withKeys(int most) {
        return new StateLimits(most, bytes, snapshotBytes);
    }

    /**
     * {@return these limits with another size of values}
     *
     * @param most at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public StateLimits withBytes(long most) {
        return new StateLimits(keys, most, snapshotBytes);
    }

    /**
     * {@return these limits with another size of values held for snapshots}
     *
     * @param most at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public StateLimits withSnapshotBytes(long most) {
        return new StateLimits(keys, bytes, most);
    }
}
