package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.CLOSE_GRACE;
import static io.laundrybridge.config.LimitSettings.REFUSED_SOCKETS;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of closing sockets; each has a key below {@code laundry-bridge.limits}.
 *
 * @param grace time from a close until a socket that is still open is dropped, default 5 s ({@code close-grace})
 * @param refused refused sockets that may wait for their close at once, default 1,000 ({@code refused-sockets}); more
 *     are dropped without a close code
 */
public record ClosingLimits(Duration grace, int refused) {

    /** The defaults. */
    public static final ClosingLimits DEFAULT = from(Settings.none());

    private static final Duration FLOOD = Duration.ofSeconds(1);

    /**
     * {@return the grace of a client that sent too much: {@link #grace}, at most 1 s, because the client keeps a
     * container's thread}
     */
    public Duration graceAfterFlood() {
        return grace.compareTo(FLOOD) > 0 ? FLOOD : grace;
    }

    /**
     * Checks the bounds.
     *
     * @param grace at least 100 ms
     * @param refused sockets, not negative
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public ClosingLimits {
        CLOSE_GRACE.check(grace);
        REFUSED_SOCKETS.check(refused);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static ClosingLimits from(Settings settings) {
        return new ClosingLimits(settings.get(CLOSE_GRACE), settings.get(REFUSED_SOCKETS));
    }

    /**
     * {@return these limits with another time until a socket is dropped}
     *
     * @param longest at least 100 ms
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ClosingLimits withGrace(Duration longest) {
        return new ClosingLimits(longest, refused);
    }

    /**
     * {@return these limits with another number of refused sockets}
     *
     * @param most sockets, not negative
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ClosingLimits withRefused(int most) {
        return new ClosingLimits(grace, most);
    }
}
