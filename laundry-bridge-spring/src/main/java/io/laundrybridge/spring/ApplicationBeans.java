package io.laundrybridge.spring;

import io.laundrybridge.BridgeListener;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.EventSource;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** Hands the application's beans to the builder of the bridge, by the calls that plain Java has. */
final class ApplicationBeans {
    private final ConfigurableListableBeanFactory beans;
    private final ChannelBeans ofChannels;

    ApplicationBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.ofChannels = new ChannelBeans(beans);
    }

    /**
     * Adds them all.
     *
     * @param configured the channels of the settings; each source adds one
     * @throws HostException if a bean is for no channel, or two contradict each other
     */
    void addTo(LaundryBridgeBuilder builder, Set<String> configured) {
        builder.telemetry(beans.getBeanProvider(Telemetry.class).getIfAvailable(() -> Telemetry.NONE));
        beans.getBeanProvider(AuditListener.class)
                .orderedStream()
                .reduce(AuditListener::andThen)
                .ifPresent(builder::audit);
        Set<String> channels = new TreeSet<>(configured);
        channels.addAll(ofChannels.channelsOf(EventSource.class));
        addRecords(builder, channels);
        addChannels(builder, channels);
        beans.getBeanProvider(LaundryBridgeCustomizer.class).orderedStream().forEach(each -> each.customize(builder));
    }

    private void addRecords(LaundryBridgeBuilder builder, Set<String> channels) {
        JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfUnique();
        if (mapper != null) {
            builder.mapper(mapper);
        }
        ofChannels.single(EventSource.class, channels).forEach(found -> builder.source(found.channel(), found.bean()));
        ofChannels
                .single(KeyDecoder.class, channels)
                .forEach(found -> builder.customize(
                        found.channel(), ChannelCustomizer.records(records -> records.keys(found.bean()))));
        new MappingBeans(beans, channels).addTo(builder);
    }

    private void addChannels(LaundryBridgeBuilder builder, Set<String> channels) {
        ofChannels.single(Access.class, channels).forEach(found -> builder.access(found.channel(), found.bean()));
        ofChannels
                .all(BridgeListener.class, channels)
                .forEach(found -> builder.customize(
                        found.channel(), ChannelCustomizer.channel(channel -> channel.listener(found.bean()))));
        ofChannels
                .all(ChannelCustomizer.class, channels)
                .forEach(found -> builder.customize(found.channel(), found.bean()));
    }
}
