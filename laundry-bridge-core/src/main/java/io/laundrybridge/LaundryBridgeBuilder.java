package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.GRANTS_TOPIC;
import static io.laundrybridge.config.BridgeSettings.STARTUP;
import static io.laundrybridge.config.BridgeSettings.STARTUP_TIMEOUT;
import static io.laundrybridge.config.BridgeSettings.WARM_UP;

import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.LaundryBridge.StartupPolicy;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.jwt.JwtAuthenticator;
import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.config.Settings;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.link.BothWays;
import io.laundrybridge.link.Link;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.warmup.WarmUp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Builds all channels of a host from settings and code. Every host fills one: from properties, from beans by channel
 * name, or by plain calls. Settings are applied first, then code in the order of the calls.
 *
 * <p>A channel exists if settings name it or code gives it a {@linkplain #source source}. A channel with a source needs
 * no {@code topic}; all other settings apply to it as well. Not thread-safe.
 */
public final class LaundryBridgeBuilder {
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, Object> kafka = new HashMap<>();
    private final Map<String, EventSource> sources = new TreeMap<>();
    private final ChannelCustomizers customizers = new ChannelCustomizers();
    private final ConfiguredPublishes publishes = new ConfiguredPublishes();
    private final List<Consumer<? super WebSocketSinkBuilder>> endpoint = new ArrayList<>();
    private final List<BridgeListener> listeners = new ArrayList<>();
    private HostServices services = HostServices.standard();
    private Startup startup = Startup.WAIT;

    LaundryBridgeBuilder() {}

    /**
     * Adds settings. A key that was added before gets the new value.
     *
     * @param properties settings; keys that do not begin with {@code laundry-bridge.} are ignored
     * @return this builder
     */
    public LaundryBridgeBuilder settings(Map<String, String> properties) {
        settings.putAll(properties);
        return this;
    }

    /**
     * Adds the host's own Kafka client properties, for the channels whose topic the settings name. {@code
     * laundry-bridge.kafka.*} goes over them.
     *
     * @param properties properties of Kafka's consumer; see {@link io.laundrybridge.source.kafka.KafkaSource}
     * @return this builder
     */
    public LaundryBridgeBuilder kafka(Map<String, ?> properties) {
        kafka.putAll(properties);
        return this;
    }

    /**
     * Sets threads, clocks and telemetry of the host; default {@link HostServices#standard()}.
     *
     * @param lent threads, clocks and telemetry
     * @return this builder
     */
    public LaundryBridgeBuilder services(HostServices lent) {
        services = lent;
        return this;
    }

    /**
     * Sets the receiver of the meters, in the services set before; default {@link Telemetry#NONE}.
     *
     * @param receiver takes the meters
     * @return this builder
     */
    public LaundryBridgeBuilder telemetry(Telemetry receiver) {
        services = services.withTelemetry(receiver);
        return this;
    }

    /**
     * Sets the receiver of the audit, in the services set before: who connects, subscribes, is refused and leaves.
     *
     * @param listener takes what clients do and are refused
     * @return this builder
     */
    public LaundryBridgeBuilder audit(AuditListener listener) {
        services = services.withAudit(listener);
        return this;
    }

    /**
     * Sets what a start does while Kafka or a topic is missing, if {@code laundry-bridge.startup} is not set; default
     * {@link Startup#WAIT}.
     *
     * @param byDefault what a start does
     * @return this builder
     */
    public LaundryBridgeBuilder startup(Startup byDefault) {
        startup = byDefault;
        return this;
    }

    /**
     * Gives the channel {@code channel} a source in code. Several channels may share one source, which reads its stream
     * once. The caller closes what the source owns.
     *
     * @param channel the channel's name
     * @param source where its records come from
     * @return this builder
     * @throws BridgeException if the channel has a source already
     */
    public LaundryBridgeBuilder source(String channel, EventSource source) {
        if (sources.putIfAbsent(channel, source) != null) {
            throw new BridgeException("channel '" + channel + "' has a source already; a channel has one source");
        }
        return this;
    }

    /**
     * Changes the channel {@code channel} in code.
     *
     * @param channel the channel's name
     * @param customizer changes the stages of its builder
     * @return this builder
     */
    public LaundryBridgeBuilder customize(String channel, ChannelCustomizer customizer) {
        customizers.add(channel, customizer);
        return this;
    }

    /**
     * Changes all channels in code.
     *
     * @param customizer changes the stages of each builder, before the customizers of single channels
     * @return this builder
     */
    public LaundryBridgeBuilder customizeAll(ChannelCustomizer customizer) {
        customizers.addForAll(customizer);
        return this;
    }

    /**
     * Changes in code what clients publish to the channel {@code channel}: the rule for it, the mapping, the sink. A
     * channel takes publishes if {@code laundry-bridge.channels.NAME.publish-to} is set, or {@code change} sets a sink.
     *
     * @param channel the channel's name
     * @param change changes the builder, after the settings were applied
     * @return this builder
     */
    public LaundryBridgeBuilder publish(String channel, PublishCustomizer change) {
        publishes.add(channel, change);
        return this;
    }

    /**
     * Changes in code what clients publish to all channels that take publishes.
     *
     * @param change changes each builder, before those of single channels
     * @return this builder
     */
    public LaundryBridgeBuilder publishAll(PublishCustomizer change) {
        publishes.addForAll(change);
        return this;
    }

    /**
     * Reads values and writes results of mappings with the application's own Jackson mapper, in all channels.
     *
     * @param own the application's mapper; see {@link BridgeBuilder#mapper}
     * @return this builder
     */
    public LaundryBridgeBuilder mapper(ObjectMapper own) {
        return customizeAll(ChannelCustomizer.records(records -> records.mapper(own)));
    }

    /**
     * Sets the rule for what callers may read of the channel {@code channel}, in place of its setting.
     *
     * @param channel the channel's name
     * @param rule is asked at each subscribe, and whenever rights may have changed
     * @return this builder
     */
    public LaundryBridgeBuilder access(String channel, Access rule) {
        return customize(channel, ChannelCustomizer.channel(builder -> builder.access(rule)));
    }

    /**
     * Adds an authenticator. Several are asked in the order in which they were added, those of settings first.
     *
     * @param next finds out who a client is
     * @return this builder
     */
    public LaundryBridgeBuilder authenticator(Authenticator next) {
        return endpoint(builder -> builder.authenticator(next));
    }

    /**
     * Adds a listener of the states of all channels.
     *
     * @param listener is called at each change
     * @return this builder
     */
    public LaundryBridgeBuilder listener(BridgeListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Changes the endpoint in code, for example its admission.
     *
     * @param change changes the builder of the endpoint, after its settings were applied
     * @return this builder
     */
    public LaundryBridgeBuilder endpoint(Consumer<? super WebSocketSinkBuilder> change) {
        endpoint.add(change);
        return this;
    }

    /**
     * {@return the bridges of all channels on one endpoint, not started yet}
     *
     * @throws io.laundrybridge.error.SettingException if a setting is wrong, missing or unknown; the message names its
     *     key
     * @throws BridgeException if code is for a channel that does not exist; the message names those that do
     */
    public LaundryBridge build() {
        Settings given = Settings.of(settings);
        ChannelSources found = new ChannelSources(given, kafka, sources);
        WebSocketSink sink = sink(given, found);
        Replays replays = Replays.of(ReplayLimits.from(given), services);
        WarmUp warmUp = new WarmUp(given.get(WARM_UP), services);
        List<Bridge> bridges = bridges(given, found, sink, replays, warmUp);
        StartupPolicy policy =
                new StartupPolicy(given.find(STARTUP, Startup.class).orElse(startup), given.get(STARTUP_TIMEOUT));
        return new LaundryBridge(sink, bridges, replays, services, warmUp, policy);
    }

    private WebSocketSink sink(Settings given, ChannelSources found) {
        WebSocketSinkBuilder builder = WebSocketSinkBuilder.from(given);
        given.find(GRANTS_TOPIC).map(found::shared).ifPresent(builder::grantChanges);
        builder.services(services);
        JwtAuthenticator.from(given, services).ifPresent(builder::authenticator);
        endpoint.forEach(change -> change.accept(builder));
        return builder.build();
    }

    private List<Bridge> bridges(
            Settings given, ChannelSources found, WebSocketSink sink, Replays replays, WarmUp warmUp) {
        publishes.refuseUseless(given);
        SortedSet<String> taking = publishes.channels(given);
        SortedMap<String, ChannelBuilder> channels = channels(given, found, taking, replays);
        SortedSet<String> names = new TreeSet<>(channels.keySet());
        names.addAll(taking);
        List<Bridge> bridges = new ArrayList<>();
        for (String name : names) {
            if (!channels.containsKey(name)) {
                ConfiguredPublishes.refuseEvents(given, name);
            }
            Link inbound = taking.contains(name) ? publishes.link(name, sink, given, found::sink) : null;
            bridges.add(bridge(channels.get(name), sink, inbound, warmUp));
        }
        return bridges;
    }

    /** Returns the bridge of a channel with {@code events} or {@code inbound}, or both. */
    private Bridge bridge(@Nullable ChannelBuilder events, WebSocketSink sink, @Nullable Link inbound, WarmUp warmUp) {
        if (events == null) {
            return new Bridge(Objects.requireNonNull(inbound), listeners, services, warmUp::isRunning);
        }
        List<BridgeListener> all = new ArrayList<>(listeners);
        all.addAll(events.listeners());
        Link connections = events.sink(sink).connections();
        Link both = inbound == null ? connections : new BothWays(connections, inbound);
        return new Bridge(both, all, services, warmUp::isRunning);
    }

    private SortedMap<String, ChannelBuilder> channels(
            Settings given, ChannelSources found, Set<String> taking, Replays replays) {
        Set<String> names = found.channels(taking);
        customizers.refuseOthersThan(names);
        ConfiguredChannels configured = new ConfiguredChannels(given, services, replays);
        SortedMap<String, ChannelBuilder> channels = new TreeMap<>();
        for (String name : names) {
            channels.put(name, configured.channel(name, found.source(name), customizers.of(name)));
        }
        configured.refuseTooMuchMemory(channels.values());
        return channels;
    }
}
