package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.BEAT_BYTES;
import static io.laundrybridge.config.LimitSettings.BEAT_TIMEOUT;
import static io.laundrybridge.config.LimitSettings.UNANSWERED_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of how far a session may run ahead of its client's answers; each has a key below
 * {@code laundry-bridge.limits}.
 *
 * @param bytes bytes after which a beat is sent, default 256 KiB ({@code beat-bytes})
 * @param unansweredBytes bytes since the last answered beat after which sending pauses, default 1 MiB
 *     ({@code unanswered-bytes})
 * @param timeout silence after which a session with an unanswered beat is closed with 4309, default 35 s
 *     ({@code beat-timeout})
 */
public record BeatLimits(long bytes, long unansweredBytes, Duration timeout) {

    /** The defaults. */
    public static final BeatLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param bytes at least 1 KiB
     * @param unansweredBytes at least {@code bytes}
     * @param timeout at least 100 ms
     * @throws io.laundrybridge.error.SettingException if one is out of bounds, or sending would pause before a beat is
     *     sent
     */
    public BeatLimits {
        BEAT_BYTES.check(bytes);
        UNANSWERED_BYTES.check(unansweredBytes);
        BEAT_TIMEOUT.check(timeout);
        if (unansweredBytes < bytes) {
            throw UNANSWERED_BYTES.refusal(
                    unansweredBytes + " bytes, so sending would pause before a beat is sent",
                    "at least " + BEAT_BYTES + ", which is " + bytes);
        }
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static BeatLimits from(Settings settings) {
        return new BeatLimits(settings.get(BEAT_BYTES), settings.get(UNANSWERED_BYTES), settings.get(BEAT_TIMEOUT));
    }

    /**
     * {@return these limits with another timeout}
     *
     * @param longest at least 100 ms
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public BeatLimits withTimeout(Duration longest) {
        return new BeatLimits(bytes, unansweredBytes, longest);
    }

    /**
     * {@return these limits with other numbers of bytes}
     *
     * @param perBeat bytes after which a beat is sent
     * @param unanswered bytes since the last answered beat after which sending pauses, at least {@code perBeat}
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public BeatLimits withBytes(long perBeat, long unanswered) {
        return new BeatLimits(perBeat, unanswered, timeout);
    }
}
