package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.REPLAY_HELD_BYTES;
import static io.laundrybridge.config.LimitSettings.REPLAY_PIECE_BYTES;
import static io.laundrybridge.config.LimitSettings.REPLAY_RATE;
import static io.laundrybridge.config.LimitSettings.REPLAY_READERS;

import io.laundrybridge.config.Settings;

/**
 * The bounds of replay on one node, for all channels together; each has a key below {@code laundry-bridge.limits}.
 *
 * @param readers connections to Kafka that replay at the same time, default 2 ({@code replay-readers})
 * @param pieceBytes bytes read at once before other sessions have their turn, default 1 MiB
 *     ({@code replay-piece-bytes})
 * @param heldBytes bytes of pieces kept for sessions that read them or may need them, default 64 MiB
 *     ({@code replay-held-bytes}). Beyond it the oldest piece is dropped, and sessions that still need it ask again
 * @param bytesPerSecond bytes that may be read per second, shown or not, default 16 MiB ({@code replay-rate}); replay
 *     and live events share the same cores
 * @param perSession how much is replayed for one session
 */
public record ReplayLimits(int readers, long pieceBytes, long heldBytes, long bytesPerSecond, ReplayQuota perSession) {

    /** The defaults. */
    public static final ReplayLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param perSession the quota of one session
     * @param readers at least 1
     * @param pieceBytes at least 1 KiB
     * @param heldBytes at least 1 KiB
     * @param bytesPerSecond at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public ReplayLimits {
        REPLAY_READERS.check(readers);
        REPLAY_PIECE_BYTES.check(pieceBytes);
        REPLAY_HELD_BYTES.check(heldBytes);
        REPLAY_RATE.check(bytesPerSecond);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static ReplayLimits from(Settings settings) {
        return new ReplayLimits(
                settings.get(REPLAY_READERS),
                settings.get(REPLAY_PIECE_BYTES),
                settings.get(REPLAY_HELD_BYTES),
                settings.get(REPLAY_RATE),
                ReplayQuota.from(settings));
    }

    /**
     * {@return these limits with another number of readers}
     *
     * @param count at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayLimits withReaders(int count) {
        return new ReplayLimits(count, pieceBytes, heldBytes, bytesPerSecond, perSession);
    }

    /**
     * {@return these limits with pieces of another size}
     *
     * @param bytes at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayLimits withPieceBytes(long bytes) {
        return new ReplayLimits(readers, bytes, heldBytes, bytesPerSecond, perSession);
    }

    /**
     * {@return these limits with another memory of pieces}
     *
     * @param bytes at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayLimits withHeldBytes(long bytes) {
        return new ReplayLimits(readers, pieceBytes, bytes, bytesPerSecond, perSession);
    }

    /**
     * {@return these limits with another rate}
     *
     * @param bytes at least 1 KiB
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayLimits withBytesPerSecond(long bytes) {
        return new ReplayLimits(readers, pieceBytes, heldBytes, bytes, perSession);
    }

    /**
     * {@return these limits with another quota of each session}
     *
     * @param quota the quota of one session
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayLimits withPerSession(ReplayQuota quota) {
        return new ReplayLimits(readers, pieceBytes, heldBytes, bytesPerSecond, quota);
    }
}
