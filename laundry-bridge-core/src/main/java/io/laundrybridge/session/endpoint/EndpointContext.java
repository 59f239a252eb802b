package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.frame.CompressedFrameCache;
import io.laundrybridge.session.place.PlaceSealing;
import io.laundrybridge.session.publish.Publishing;
import java.time.Duration;

/**
 * The objects that all sessions of an endpoint share.
 *
 * @param elsewhere runs calls that may block: closes, aborts, pings
 * @param sealing decides whether places are sealed
 * @param publishing takes what clients publish
 */
public record EndpointContext(
        SessionLimits limits,
        Duration heartbeat,
        HostServices services,
        EndpointChannels channels,
        CompressedFrameCache compressed,
        SubscriptionMemory subscriptions,
        PacedSubscriptions paced,
        BlockingCalls elsewhere,
        PlaceSealing sealing,
        Publishing publishing) {

    /** Makes a context whose places are open. */
    public EndpointContext(
            SessionLimits limits,
            Duration heartbeat,
            HostServices services,
            EndpointChannels channels,
            BlockingCalls elsewhere) {
        this(limits, heartbeat, services, channels, elsewhere, new PlaceSealing(null));
    }

    public EndpointContext(
            SessionLimits limits,
            Duration heartbeat,
            HostServices services,
            EndpointChannels channels,
            BlockingCalls elsewhere,
            PlaceSealing sealing) {
        this(
                limits,
                heartbeat,
                services,
                channels,
                new CompressedFrameCache(limits.compressedBytes(), services.telemetry()),
                new SubscriptionMemory(limits.subscriptionBytes(), services.telemetry()),
                new PacedSubscriptions(limits.pacedSubscriptions(), services.telemetry()),
                elsewhere,
                sealing,
                new Publishing(limits.publish(), services));
    }

    public long nanoTime() {
        return services.nanoTime().getAsLong();
    }
}
