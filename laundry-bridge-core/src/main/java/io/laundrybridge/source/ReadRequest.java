package io.laundrybridge.source;

import io.laundrybridge.host.HostServices;
import java.time.Duration;

/**
 * The request of a channel to its source.
 *
 * @param channel the channel's name, for logs and thread names
 * @param history how far back to read before going live; zero starts with new records, {@link #WHOLE} with the oldest
 *     one that the stream has
 * @param services threads, clocks and telemetry of the host
 */
public record ReadRequest(String channel, Duration history, HostServices services) {

    /** The whole stream, from its oldest record on. */
    public static final Duration WHOLE = Duration.ofSeconds(Long.MAX_VALUE);
}
