package io.laundrybridge.jakarta;

import io.laundrybridge.BridgeListener;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.EventSource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Hands the application's CDI beans to the builder of the bridge, by the calls that plain Java has. */
final class CdiBeans {
    private final BeanManager manager;
    private final ChannelBeans ofChannels;

    private CdiBeans(BeanManager manager) {
        this.manager = manager;
        this.ofChannels = new ChannelBeans(manager);
    }

    /** Calls {@code task} with the beans of this application, if CDI runs in it. */
    static void ifRunning(Consumer<CdiBeans> task) {
        BeanManager manager;
        try {
            manager = CDI.current().getBeanManager();
        } catch (IllegalStateException notHere) {
            return; // the server has CDI, the application does not use it
        }
        task.accept(new CdiBeans(manager));
    }

    /** Adds all beans, those of single channels first. */
    void addTo(LaundryBridgeBuilder builder) {
        ofChannels.unqualified(Telemetry.class).forEach(builder::telemetry);
        ofChannels.unqualified(AuditListener.class).stream()
                .reduce(AuditListener::andThen)
                .ifPresent(builder::audit);
        ofChannels.unqualified(Authenticator.class).forEach(builder::authenticator);
        ofChannels.unqualified(JsonMapper.class).forEach(builder::mapper);
        ofChannels.single(EventSource.class).forEach(builder::source);
        ofChannels
                .single(KeyDecoder.class)
                .forEach((channel, decoder) ->
                        customize(builder, channel, ChannelCustomizer.records(records -> records.keys(decoder))));
        new MappingBeans(ofChannels).addTo(builder);
        ofChannels
                .single(Access.class)
                .forEach((channel, rule) ->
                        customize(builder, channel, ChannelCustomizer.channel(second -> second.access(rule))));
        ofChannels
                .all(BridgeListener.class)
                .forEach(found -> customize(
                        builder, found.channel(), ChannelCustomizer.channel(second -> second.listener(found.bean()))));
        ofChannels.all(ChannelCustomizer.class).forEach(found -> customize(builder, found.channel(), found.bean()));
        new PublishBeans(ofChannels).addTo(builder);
        ofChannels.unqualified(LaundryBridgeConfigurer.class).forEach(each -> each.configure(builder));
    }

    /** Makes {@code bridge} the one that is injected. */
    void inject(LaundryBridge bridge) {
        manager.getExtension(LaundryBridgeExtension.class).built(bridge);
    }

    private static void customize(LaundryBridgeBuilder builder, String channel, ChannelCustomizer customizer) {
        if (channel.isEmpty()) {
            builder.customizeAll(customizer);
        } else {
            builder.customize(channel, customizer);
        }
    }
}
