package io.laundrybridge.jakarta;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeException;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.source.EventSource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the running bridge injectable: {@link LaundryBridge}, and the {@link Bridge} of each channel with {@link
 * ForChannel}. They can be injected once the bridge is built: not into the beans of which it is built. With
 * MicroProfile Health, each channel is a readiness check. CDI calls it.
 */
public class LaundryBridgeExtension implements Extension {
    private final Set<String> channels = new TreeSet<>();
    private final Set<String> wanted = new TreeSet<>();
    private volatile @Nullable LaundryBridge bridge;

    /** Called by CDI. */
    public LaundryBridgeExtension() {}

    /** Notes the channels that beans add. */
    void found(@Observes ProcessBean<?> event) {
        if (event.getBean().getTypes().contains(EventSource.class)) {
            channels.addAll(ChannelBeans.channelsOf(event.getBean()));
        }
    }

    /** Notes the channels whose bridges are injected. */
    void found(@Observes ProcessInjectionPoint<?, Bridge> event) {
        for (Annotation qualifier : event.getInjectionPoint().getQualifiers()) {
            if (qualifier instanceof ForChannel channel) {
                wanted.add(channel.value());
            }
        }
    }

    /** Adds the beans. */
    void add(@Observes AfterBeanDiscovery beans) {
        channels.addAll(configured());
        beans.<LaundryBridge>addBean()
                .types(LaundryBridge.class, Object.class)
                .scope(Dependent.class)
                .produceWith(any -> running());
        wanted.addAll(channels);
        for (String channel : wanted) {
            beans.<Bridge>addBean()
                    .types(Bridge.class, Object.class)
                    .qualifiers(ForChannel.Literal.of(channel))
                    .scope(Dependent.class)
                    .produceWith(any -> running().bridge(channel));
        }
        if (OptionalApis.HEALTH.isThere()) {
            channels.forEach(channel -> ReadinessOfChannel.add(beans, channel, this::bridge));
        }
    }

    /** Makes {@code built} the bridge that is injected. */
    void built(LaundryBridge built) {
        bridge = built;
    }

    /** Returns the bridge; null before it is built. */
    @Nullable LaundryBridge bridge() {
        return bridge;
    }

    private LaundryBridge running() {
        LaundryBridge present = bridge;
        if (present == null) {
            throw new BridgeException("the LaundryBridge is not built yet; inject it as Instance<LaundryBridge> or"
                    + " Provider<LaundryBridge>, and use it once the application has started");
        }
        return present;
    }

    /** A wrong setting fails the deployment later, with its sentence. */
    private static Set<String> configured() {
        try {
            ClassLoader application = Thread.currentThread().getContextClassLoader();
            return Settings.of(SettingPlaces.of(application).read()).channels();
        } catch (SettingException later) {
            return Set.of();
        }
    }
}
