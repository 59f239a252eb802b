package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.frame.CompressedFrameCache;
import io.laundrybridge.session.place.PlaceSecret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The objects that all sessions of an endpoint share.
 *
 * @param elsewhere runs calls that may block: closes, aborts, pings
 * @param secret seals places; null if they are open
 */
public record EndpointContext(
        SessionLimits limits,
        Duration heartbeat,
        HostServices services,
        EndpointChannels channels,
        CompressedFrameCache compressed,
        SubscriptionMemory subscriptions,
        BlockingCalls elsewhere,
        @Nullable PlaceSecret secret) {

    /** Makes a context whose places are open. */
    public EndpointContext(
            SessionLimits limits,
            Duration heartbeat,
            HostServices services,
            EndpointChannels channels,
            BlockingCalls elsewhere) {
        this(limits, heartbeat, services, channels, elsewhere, null);
    }

    public EndpointContext(
            SessionLimits limits,
            Duration heartbeat,
            HostServices services,
            EndpointChannels channels,
            BlockingCalls elsewhere,
            @Nullable PlaceSecret secret) {
        this(
                limits,
                heartbeat,
                services,
                channels,
                new CompressedFrameCache(limits.compressedBytes(), services.telemetry()),
                new SubscriptionMemory(limits.subscriptionBytes(), services.telemetry()),
                elsewhere,
                secret);
    }

    public long nanoTime() {
        return services.nanoTime().getAsLong();
    }
}
