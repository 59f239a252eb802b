package io.laundrybridge.session;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.SessionLimits;
import java.time.Duration;

/**
 * What every session of an endpoint shares.
 *
 * @param elsewhere runs what may block: closes, aborts, pings
 */
record SinkContext(
        SessionLimits limits,
        Duration heartbeat,
        HostServices services,
        Channels channels,
        CompressedRuns compressed,
        SubscriptionMemory subscriptions,
        Elsewhere elsewhere) {

    SinkContext(
            SessionLimits limits, Duration heartbeat, HostServices services, Channels channels, Elsewhere elsewhere) {
        this(
                limits,
                heartbeat,
                services,
                channels,
                new CompressedRuns(limits.compressedBytes(), services.telemetry()),
                new SubscriptionMemory(limits.subscriptionBytes(), services.telemetry()),
                elsewhere);
    }

    long nanoTime() {
        return services.nanoTime().getAsLong();
    }
}
