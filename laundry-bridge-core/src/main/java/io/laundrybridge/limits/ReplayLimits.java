package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.policy.ReplayBudget;

/**
 * The bounds of reading again on one node, all channels together; each has a key below {@code laundry-bridge.limits}.
 *
 * @param readers connections to Kafka that read again at the same time, default 2 ({@code replay-readers})
 * @param pieceBytes bytes read at once before others have their turn, default 1 MiB ({@code replay-piece-bytes})
 * @param heldBytes pieces kept for sessions that still read them or may want them too, default 64 MiB
 *     ({@code replay-held-bytes}); beyond it the oldest is let go, and sessions that still need it ask again
 * @param bytesPerSecond bytes that may be read in a second, shown or not, default 16 MiB ({@code replay-rate}): what is read
 *     again takes turns on the same cores with what happens now
 * @param sessionRecords records read for one session in a minute, default 1,000,000 ({@code replay-session-records}); a
 *     session that has had them waits for its next minute
 * @param sessionBytes the same in bytes, as Kafka has them, default 256 MiB ({@code replay-session-bytes})
 * @param sessionLookups places of times and of the topic's beginning looked up for one session in a minute, default 60
 *     ({@code replay-session-lookups})
 */
public record ReplayLimits(
        int readers,
        long pieceBytes,
        long heldBytes,
        long bytesPerSecond,
        long sessionRecords,
        long sessionBytes,
        int sessionLookups) {

    private static final long LEAST_BYTES = 1 << 10;

    /** Checks that there is a reader and room for something. */
    public ReplayLimits {
        if (readers < 1 || pieceBytes < LEAST_BYTES || heldBytes < LEAST_BYTES || bytesPerSecond < LEAST_BYTES) {
            throw new SettingException("laundry-bridge.limits.replay-readers is " + readers + ", replay-piece-bytes "
                    + pieceBytes + ", replay-held-bytes " + heldBytes + " and replay-rate " + bytesPerSecond
                    + "; expected at least 1, 1KiB, 1KiB and 1KiB");
        }
        if (sessionRecords < 1 || sessionBytes < LEAST_BYTES || sessionLookups < 1) {
            throw new SettingException("laundry-bridge.limits.replay-session-records is " + sessionRecords
                    + ", replay-session-bytes " + sessionBytes + " and replay-session-lookups " + sessionLookups
                    + "; expected at least 1, 1KiB and 1");
        }
    }

    /** The defaults. */
    public static final ReplayLimits DEFAULT = from(Settings.none());

    /** These limits of a node, and the defaults of a session. */
    public ReplayLimits(int readers, long pieceBytes, long heldBytes, long bytesPerSecond) {
        this(
                readers,
                pieceBytes,
                heldBytes,
                bytesPerSecond,
                ReplayBudget.DEFAULT.records(),
                ReplayBudget.DEFAULT.bytes(),
                60);
    }

    /** The limits that {@code settings} give. */
    public static ReplayLimits from(Settings settings) {
        return new ReplayLimits(
                settings.count("limits.replay-readers", 2, 1),
                settings.bytes("limits.replay-piece-bytes", 1 << 20, LEAST_BYTES),
                settings.bytes("limits.replay-held-bytes", 64 << 20, LEAST_BYTES),
                settings.bytes("limits.replay-rate", 16 << 20, LEAST_BYTES),
                settings.count("limits.replay-session-records", (int) ReplayBudget.DEFAULT.records(), 1),
                settings.bytes("limits.replay-session-bytes", ReplayBudget.DEFAULT.bytes(), LEAST_BYTES),
                settings.count("limits.replay-session-lookups", 60, 1));
    }
}
