package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.SNAPSHOTS_PER_MINUTE;
import static io.laundrybridge.config.LimitSettings.SNAPSHOT_DEADLINE;
import static io.laundrybridge.config.LimitSettings.SNAPSHOT_FREE_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of snapshots; each has a key below {@code laundry-bridge.limits}.
 *
 * @param perMinute snapshots of one channel that one session may begin per minute, default 2
 *     ({@code snapshots-per-minute}). Beyond it a snapshot for a changed selection waits, and a subscribe gets
 *     {@code busy}
 * @param freeBytes size of a state up to which snapshots are cheap and not counted, default 256 KiB
 *     ({@code snapshot-free-bytes}); 0 counts all
 * @param deadline longest time without reading of a snapshot, default 30 s ({@code snapshot-deadline}). Then it is
 *     dropped, and a session that reads again starts over with a new one
 */
public record SnapshotLimits(int perMinute, long freeBytes, Duration deadline) {

    /** The defaults. */
    public static final SnapshotLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param perMinute at least 1
     * @param freeBytes not negative
     * @param deadline at least 100 ms
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public SnapshotLimits {
        SNAPSHOTS_PER_MINUTE.check(perMinute);
        SNAPSHOT_FREE_BYTES.check(freeBytes);
        SNAPSHOT_DEADLINE.check(deadline);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static SnapshotLimits from(Settings settings) {
        return new SnapshotLimits(
                settings.get(SNAPSHOTS_PER_MINUTE), settings.get(SNAPSHOT_FREE_BYTES), settings.get(SNAPSHOT_DEADLINE));
    }

    /**
     * {@return these limits with another number of snapshots per minute}
     *
     * @param most snapshots per minute, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public SnapshotLimits withPerMinute(int most) {
        return new SnapshotLimits(most, freeBytes, deadline);
    }

    /**
     * {@return these limits with another size up to which snapshots are not counted}
     *
     * @param largest bytes, not negative
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public SnapshotLimits withFreeBytes(long largest) {
        return new SnapshotLimits(perMinute, largest, deadline);
    }

    /**
     * {@return these limits with another deadline}
     *
     * @param longest at least 100 ms
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public SnapshotLimits withDeadline(Duration longest) {
        return new SnapshotLimits(perMinute, freeBytes, longest);
    }
}
