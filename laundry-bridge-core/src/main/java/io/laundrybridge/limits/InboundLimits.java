package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * What a client may send; each bound has a key below {@code laundry-bridge.limits}.
 *
 * @param chars longest message, default 64 Ki ({@code inbound-bytes}); longer ones close with 1009
 * @param parts most fragments of a message, default 64 ({@code inbound-parts}); more close with 1009
 * @param time longest time from a message's first fragment to its last, default 10 s ({@code inbound-time}); then 1008
 * @param requests lines per {@code window}, default 256 ({@code requests}); more close with 4429. Empty lines count, and
 *     pongs that nobody asked for, and eight fragments as one; the first answer to a beat does not
 * @param windowChars characters per {@code window}, default 4 Mi ({@code window-bytes}); more close with 4429
 * @param window default 10 s ({@code request-window})
 * @param backlog lines that may wait to be handled, default 256 ({@code inbound-backlog}); more close with 4429
 */
public record InboundLimits(
        int chars, int parts, Duration time, int requests, long windowChars, Duration window, int backlog) {

    /** The limits that {@code settings} give. */
    public static InboundLimits from(Settings settings) {
        return new InboundLimits(
                (int) settings.bytes("limits.inbound-bytes", 64 << 10, 256, 16 << 20),
                settings.count("limits.inbound-parts", 64, 1),
                settings.duration("limits.inbound-time", Duration.ofSeconds(10), Duration.ofMillis(100)),
                settings.count("limits.requests", 256, 1),
                settings.bytes("limits.window-bytes", 4 << 20, 1 << 10),
                settings.duration("limits.request-window", Duration.ofSeconds(10), Duration.ofMillis(100)),
                settings.count("limits.inbound-backlog", 256, 1));
    }
}
