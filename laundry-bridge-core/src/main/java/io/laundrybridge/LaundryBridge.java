package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.KAFKA;
import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;
import static io.laundrybridge.config.BridgeSettings.STARTUP;
import static io.laundrybridge.config.BridgeSettings.STARTUP_TIMEOUT;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.source.kafka.KafkaSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All channels that {@code laundry-bridge.*} settings name, on one endpoint. Every host starts one. Channels on one
 * topic share its consumer. {@code docs/configuration.md} lists the keys. Thread-safe once built.
 */
public final class LaundryBridge implements AutoCloseable {

    /** What a start does while Kafka or a topic is missing. */
    public enum Startup {
        /** Starts; sessions get {@code source_unavailable} until the source can be read. */
        WAIT,
        /** Fails after {@code laundry-bridge.startup-timeout}, by default 10 s. */
        FAIL
    }

    private final WebSocketSink sink;
    private final List<Bridge> bridges;
    private final Replays replays;
    private final HostServices services;
    private final Startup startup;
    private final Duration startupTimeout;
    private final AtomicBoolean started = new AtomicBoolean();

    private LaundryBridge(
            WebSocketSink sink,
            List<Bridge> bridges,
            Replays replays,
            HostServices services,
            Startup startup,
            Duration startupTimeout) {
        this.sink = sink;
        this.bridges = bridges;
        this.replays = replays;
        this.services = services;
        this.startup = startup;
        this.startupTimeout = startupTimeout;
    }

    /**
     * {@return the bridges that {@code properties} describe, not started yet}
     *
     * @param properties settings; keys that do not begin with {@code laundry-bridge.} are ignored
     * @param kafka the host's own Kafka client properties; {@code laundry-bridge.kafka.*} goes over them
     * @param services threads, clocks and telemetry of the host
     * @param byDefault the value of {@code laundry-bridge.startup} if it is not set
     * @throws SettingException if a setting is wrong, missing or unknown; the message names its key
     */
    public static LaundryBridge from(
            Map<String, String> properties, Map<String, Object> kafka, HostServices services, Startup byDefault) {
        Settings settings = Settings.of(properties);
        WebSocketSink sink =
                WebSocketSinkBuilder.from(settings).services(services).build();
        Map<String, Object> client = new HashMap<>(kafka);
        client.putAll(settings.byName(KAFKA));
        Replays replays = Replays.of(ReplayLimits.from(settings), services);
        List<Bridge> bridges = bridges(settings, client, services, replays, sink);
        Startup startup = settings.find(STARTUP, Startup.class).orElse(byDefault);
        Duration timeout = settings.get(STARTUP_TIMEOUT);
        return new LaundryBridge(sink, bridges, replays, services, startup, timeout);
    }

    /** {@return the endpoint that the host registers} */
    public WebSocketSink sink() {
        return sink;
    }

    /** {@return the bridges, one per channel, in alphabetical order of their channels} */
    public List<Bridge> bridges() {
        return bridges;
    }

    /**
     * Starts all bridges. A start that fails stops again whatever it began.
     *
     * @throws BridgeException if it was started before, or a channel must be live and does not become so in time
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new BridgeException("this LaundryBridge was started before; build a new one to start again");
        }
        try {
            bridges.forEach(Bridge::start);
            if (startup == Startup.FAIL) {
                bridges.forEach(this::awaitLive);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Stops everything. New sessions are refused, open ones get {@code bye} and are closed with 1012, then all bridges
     * stop. Waits for {@code laundry-bridge.limits.drain} and some seconds more. Idempotent; a second call waits for
     * the first.
     */
    @Override
    public void close() {
        sink.close();
        new Stops(bridges, services).run();
        replays.close();
    }

    private void awaitLive(Bridge bridge) {
        try {
            bridge.awaitLive(startupTimeout);
        } catch (BridgeException e) {
            throw new BridgeException(e.getMessage() + "; check " + TOPIC.of(bridge.name()) + " and " + KAFKA_SERVERS
                    + ", or set " + STARTUP + "=wait to start without it");
        }
    }

    private static List<Bridge> bridges(
            Settings settings, Map<String, Object> client, HostServices services, Replays replays, WebSocketSink sink) {
        if (settings.channels().isEmpty()) {
            String topic = TOPIC.of("machines").key();
            throw new SettingException(
                    topic, "no channel is set; name at least one, for example " + topic + "=laundry.machine-log");
        }
        ConfiguredChannels channels = new ConfiguredChannels(settings);
        Map<String, KafkaSource> sources = new HashMap<>();
        List<Bridge> bridges = new ArrayList<>();
        for (String name : settings.channels()) {
            KafkaSource source =
                    sources.computeIfAbsent(channels.topic(name), topic -> KafkaSource.topic(topic, client));
            bridges.add(channels.channel(name, source)
                    .services(services)
                    .replays(replays)
                    .to(sink));
        }
        channels.refuseTooMuchMemory();
        return List.copyOf(bridges);
    }
}
