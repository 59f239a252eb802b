package io.laundrybridge.spring;

import io.laundrybridge.BridgeBuilder;
import io.laundrybridge.BridgeListener;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.EventSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

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
        ofChannels.forEachAlone(EventSource.class, channels, builder::source);
        ofChannels.forEachAlone(
                KeyDecoder.class,
                channels,
                (channel, decoder) ->
                        builder.customize(channel, ChannelCustomizer.records(records -> records.keys(decoder))));
        ofChannels.forEachAlone(
                ValueDecoder.class, channels, (channel, decoder) -> builder.customize(channel, shown(decoder)));
    }

    private static ChannelCustomizer shown(ValueDecoder<?> decoder) {
        return ChannelCustomizer.records(records -> show(records, decoder));
    }

    private static <T> void show(BridgeBuilder records, ValueDecoder<T> decoder) {
        records.map(decoder, Function.identity());
    }

    private void addChannels(LaundryBridgeBuilder builder, Set<String> channels) {
        ofChannels.forEachAlone(Access.class, channels, builder::access);
        ofChannels.forEach(
                BridgeListener.class,
                channels,
                (channel, listener) ->
                        builder.customize(channel, ChannelCustomizer.channel(stage -> stage.listener(listener))));
        ofChannels.forEach(ChannelCustomizer.class, channels, builder::customize);
    }
}
