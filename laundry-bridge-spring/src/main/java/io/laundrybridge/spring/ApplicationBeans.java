package io.laundrybridge.spring;

import static io.laundrybridge.config.BridgeSettings.AUTH_MODE;
import static io.laundrybridge.config.BridgeSettings.JWKS;
import static io.laundrybridge.config.ChannelSettings.PUBLISH_TO;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.BridgeListener;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.config.Settings;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.spring.security.HandshakeUsers;
import java.util.List;
import java.util.Map;
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
     * Adds them all, and the settings.
     *
     * @param settings the application's, which name channels; each source adds one
     * @throws HostException if a bean is for no channel, or two contradict each other
     */
    void addTo(LaundryBridgeBuilder builder, Map<String, String> settings) {
        addAuthenticators(builder, settings);
        builder.settings(settings);
        builder.telemetry(beans.getBeanProvider(Telemetry.class).getIfAvailable(() -> Telemetry.NONE));
        beans.getBeanProvider(AuditListener.class)
                .orderedStream()
                .reduce(AuditListener::andThen)
                .ifPresent(builder::audit);
        Set<String> channels = new TreeSet<>(Settings.of(settings).channels());
        channels.addAll(ofChannels.channelsOf(EventSource.class));
        channels.addAll(ofChannels.channelsOf(RecordSink.class));
        Set<String> events = withEvents(channels, Settings.of(settings));
        addRecords(builder, events);
        addChannels(builder, events);
        new PublishBeans(ofChannels, channels).addTo(builder);
        beans.getBeanProvider(LaundryBridgeConfigurer.class).orderedStream().forEach(each -> each.configure(builder));
    }

    /** Returns the channels that do not only take publishes. */
    private Set<String> withEvents(Set<String> channels, Settings settings) {
        Set<String> events = new TreeSet<>(channels);
        Set<String> sources = ofChannels.channelsOf(EventSource.class);
        Set<String> sinks = ofChannels.channelsOf(RecordSink.class);
        events.removeIf(name -> !sources.contains(name)
                && settings.find(TOPIC.of(name)).isEmpty()
                && (sinks.contains(name) || settings.find(PUBLISH_TO.of(name)).isPresent()));
        return events;
    }

    /** If no authenticator knows a token, a login is not required by default. */
    private void addAuthenticators(LaundryBridgeBuilder builder, Map<String, String> settings) {
        List<Authenticator> found =
                beans.getBeanProvider(Authenticator.class).orderedStream().toList();
        found.forEach(each -> builder.endpoint(endpoint -> endpoint.authenticator(each)));
        if (!found.isEmpty()
                && found.stream().allMatch(HandshakeUsers.class::isInstance)
                && !settings.containsKey(JWKS.key())) {
            builder.settings(Map.of(AUTH_MODE.key(), "optional"));
        }
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
