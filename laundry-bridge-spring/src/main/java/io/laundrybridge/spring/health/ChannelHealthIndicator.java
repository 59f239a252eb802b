package io.laundrybridge.spring.health;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one channel. It is up once its history is loaded, also while Kafka is away: its sessions stay and are
 * told, and another node would not know more. Until then, and once it stops, it is out of service. A failed channel is
 * down.
 */
final class ChannelHealthIndicator implements HealthIndicator {
    private final Bridge bridge;

    ChannelHealthIndicator(Bridge bridge) {
        this.bridge = bridge;
    }

    @Override
    public Health health() {
        ChannelStatus now = bridge.status();
        Health.Builder health =
                Health.status(status(now)).withDetail("state", now.state()).withDetail("since", now.since());
        if (!now.reason().isEmpty()) {
            health.withDetail("reason", now.reason());
        }
        return health.build();
    }

    private static Status status(ChannelStatus now) {
        if (now.ready()) {
            return Status.UP;
        }
        return now.state() == BridgeState.FAILED ? Status.DOWN : Status.OUT_OF_SERVICE;
    }
}
