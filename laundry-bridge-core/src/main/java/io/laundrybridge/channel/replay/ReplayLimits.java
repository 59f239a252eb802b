package io.laundrybridge.channel.replay;

import io.laundrybridge.config.SettingException;
import io.laundrybridge.config.Settings;

/**
 * The bounds of reading again on one node, all channels together; each has a key below {@code laundry-bridge.limits}.
 *
 * @param readers connections to Kafka that read again at the same time, default 2 ({@code replay-readers})
 * @param pieceBytes lines read at once before others have their turn, default 1 MiB ({@code replay-piece-bytes})
 * @param heldBytes pieces kept for sessions that still read them or may want them too, default 64 MiB
 *     ({@code replay-held-bytes}); beyond it the oldest is let go, and who still needed it asks again
 * @param bytesPerSecond bytes of pieces that may be filled in a second, default 16 MiB ({@code replay-rate}): what is read
 *     again takes turns on the same cores with what happens now
 */
public record ReplayLimits(int readers, long pieceBytes, long heldBytes, long bytesPerSecond) {

    private static final long LEAST_BYTES = 1 << 10;

    /** Checks that there is a reader and room for something. */
    public ReplayLimits {
        if (readers < 1 || pieceBytes < LEAST_BYTES || heldBytes < LEAST_BYTES || bytesPerSecond < LEAST_BYTES) {
            throw new SettingException("laundry-bridge.limits.replay-readers is " + readers + ", replay-piece-bytes "
                    + pieceBytes + ", replay-held-bytes " + heldBytes + " and replay-rate " + bytesPerSecond
                    + "; expected at least 1, 1KiB, 1KiB and 1KiB");
        }
    }

    /** The defaults. */
    public static final ReplayLimits DEFAULT = from(Settings.none());

    /** The limits that {@code settings} give. */
    public static ReplayLimits from(Settings settings) {
        return new ReplayLimits(
                settings.count("limits.replay-readers", 2, 1),
                settings.bytes("limits.replay-piece-bytes", 1 << 20, LEAST_BYTES),
                settings.bytes("limits.replay-held-bytes", 64 << 20, LEAST_BYTES),
                settings.bytes("limits.replay-rate", 16 << 20, LEAST_BYTES));
    }
}
