package io.laundrybridge.jakarta;

import io.laundrybridge.ChannelStatus;
import io.laundrybridge.LaundryBridge;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The readiness of one channel for MicroProfile Health: up if the channel can serve sessions, with its state, its
 * reason and its beginning.
 */
final class ReadinessOfChannel implements HealthCheck {
    private final String channel;
    private final Supplier<@Nullable LaundryBridge> bridge;

    private ReadinessOfChannel(String channel, Supplier<@Nullable LaundryBridge> bridge) {
        this.channel = channel;
        this.bridge = bridge;
    }

    /** Adds the check of {@code channel} to {@code beans}. */
    static void add(AfterBeanDiscovery beans, String channel, Supplier<@Nullable LaundryBridge> bridge) {
        beans.<HealthCheck>addBean()
                .types(HealthCheck.class, Object.class)
                .qualifiers(Readiness.Literal.INSTANCE)
                .scope(Dependent.class)
                .id(ReadinessOfChannel.class.getName() + " " + channel)
                .produceWith(any -> new ReadinessOfChannel(channel, bridge));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("laundry-bridge:" + channel);
        LaundryBridge running = bridge.get();
        if (running == null) {
            return answer.down().withData("state", "NEW").build();
        }
        ChannelStatus status = running.bridge(channel).status();
        answer.status(status.ready())
                .withData("state", status.state().name())
                .withData("since", status.since().toString());
        return (status.reason().isEmpty() ? answer : answer.withData("reason", status.reason())).build();
    }
}
