package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.INBOUND_BACKLOG;
import static io.laundrybridge.config.LimitSettings.INBOUND_BYTES;
import static io.laundrybridge.config.LimitSettings.INBOUND_PARTS;
import static io.laundrybridge.config.LimitSettings.INBOUND_TIME;
import static io.laundrybridge.config.LimitSettings.REQUESTS;
import static io.laundrybridge.config.LimitSettings.REQUEST_WINDOW;
import static io.laundrybridge.config.LimitSettings.WINDOW_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of what a client may send; each has a key below {@code laundry-bridge.limits}.
 *
 * @param chars longest message, default 64 Ki ({@code inbound-bytes}); longer ones close with 1009
 * @param parts most fragments of a message, default 64 ({@code inbound-parts}); more close with 1009
 * @param time longest time from a message's first fragment to its last, default 10 s ({@code inbound-time}); then 1008
 * @param requests lines per {@code window}, default 256 ({@code requests}); more close with 4429. Empty lines and
 *     unsolicited pongs count, eight fragments count as one line; the first answer to a beat does not count
 * @param windowChars characters per {@code window}, default 4 Mi ({@code window-bytes}); more close with 4429
 * @param window default 10 s ({@code request-window})
 * @param backlog lines that may wait to be handled, default 256 ({@code inbound-backlog}); more close with 4429
 */
public record InboundLimits(
        int chars, int parts, Duration time, int requests, long windowChars, Duration window, int backlog) {

    /** The defaults. */
    public static final InboundLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param chars characters, at least 256
     * @param parts at least 1
     * @param time at least 100 ms
     * @param requests at least 1
     * @param windowChars characters, at least 1,024
     * @param window at least 100 ms
     * @param backlog at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public InboundLimits {
        INBOUND_BYTES.check((long) chars);
        INBOUND_PARTS.check(parts);
        INBOUND_TIME.check(time);
        REQUESTS.check(requests);
        WINDOW_BYTES.check(windowChars);
        REQUEST_WINDOW.check(window);
        INBOUND_BACKLOG.check(backlog);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static InboundLimits from(Settings settings) {
        return new InboundLimits(
                Math.toIntExact(settings.get(INBOUND_BYTES)),
                settings.get(INBOUND_PARTS),
                settings.get(INBOUND_TIME),
                settings.get(REQUESTS),
                settings.get(WINDOW_BYTES),
                settings.get(REQUEST_WINDOW),
                settings.get(INBOUND_BACKLOG));
    }

    /**
     * {@return these limits with another longest message}
     *
     * @param longest the longest
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withChars(int longest) {
        return new InboundLimits(longest, parts, time, requests, windowChars, window, backlog);
    }

    /**
     * {@return these limits with another number of fragments}
     *
     * @param most the most
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withParts(int most) {
        return new InboundLimits(chars, most, time, requests, windowChars, window, backlog);
    }

    /**
     * {@return these limits with another longest time for a message}
     *
     * @param longest the longest
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withTime(Duration longest) {
        return new InboundLimits(chars, parts, longest, requests, windowChars, window, backlog);
    }

    /**
     * {@return these limits with another number of lines per window}
     *
     * @param most the most
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withRequests(int most) {
        return new InboundLimits(chars, parts, time, most, windowChars, window, backlog);
    }

    /**
     * {@return these limits with another number of characters per window}
     *
     * @param most the most
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withWindowChars(long most) {
        return new InboundLimits(chars, parts, time, requests, most, window, backlog);
    }

    /**
     * {@return these limits with another window}
     *
     * @param length the length of a window
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withWindow(Duration length) {
        return new InboundLimits(chars, parts, time, requests, windowChars, length, backlog);
    }

    /**
     * {@return these limits with another number of lines that may wait}
     *
     * @param most the most
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public InboundLimits withBacklog(int most) {
        return new InboundLimits(chars, parts, time, requests, windowChars, window, most);
    }
}
