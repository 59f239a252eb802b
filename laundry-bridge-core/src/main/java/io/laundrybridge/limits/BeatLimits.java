package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import java.time.Duration;

/**
 * How far a session may run ahead of its client's answers; each bound has a key below {@code laundry-bridge.limits}.
 *
 * @param bytes bytes after which a beat is sent, default 256 KiB ({@code beat-bytes})
 * @param unansweredBytes bytes since the last answered beat after which sending pauses, default 1 MiB
 *     ({@code unanswered-bytes})
 * @param timeout silence after which a session with an unanswered beat is closed with 4309, default 35 s
 *     ({@code beat-timeout})
 */
public record BeatLimits(long bytes, long unansweredBytes, Duration timeout) {

    /** The limits that {@code settings} give. */
    public static BeatLimits from(Settings settings) {
        BeatLimits limits = new BeatLimits(
                settings.bytes("limits.beat-bytes", 256 << 10, 1 << 10),
                settings.bytes("limits.unanswered-bytes", 1 << 20, 1 << 10),
                settings.duration("limits.beat-timeout", Duration.ofSeconds(35), Duration.ofMillis(100)));
        if (limits.unansweredBytes < limits.bytes) {
            throw new SettingException(Settings.PREFIX + "limits.unanswered-bytes is " + limits.unansweredBytes
                    + " bytes, so sending would pause before a beat goes out; expected at least "
                    + Settings.PREFIX + "limits.beat-bytes, which is " + limits.bytes);
        }
        return limits;
    }
}
