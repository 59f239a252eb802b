package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;
import static io.laundrybridge.config.BridgeSettings.STARTUP;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.session.SessionInfo;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.warmup.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All channels of a host on one endpoint, from {@code laundry-bridge.*} settings and from code. Channels on one topic
 * share its consumer. {@code docs/configuration.md} lists the keys. Thread-safe once built.
 *
 * <pre>{@code
 * LaundryBridge bridge = LaundryBridge.builder()
 *     .settings(settings)
 *     .customize("orders", ChannelCustomizer.records(records -> records.map(Order.class, OrderView::of)))
 *     .access("orders", Access.role("staff"))
 *     .build();
 * }</pre>
 */
public final class LaundryBridge implements AutoCloseable {

    /** What a start does while Kafka or a topic is missing. */
    public enum Startup {
        /** Starts; sessions get {@code source_unavailable} until the source can be read. */
        WAIT,
        /** Fails after {@code laundry-bridge.startup-timeout}, by default 10 s. */
        FAIL
    }

    /**
     * Whether a start waits for its channels.
     *
     * @param startup what a start does while Kafka or a topic is missing
     * @param longest the longest wait per channel
     */
    record StartupPolicy(Startup startup, Duration longest) {

        /**
         * Waits until {@code bridges} are live and {@code warmUp} is over, if the policy is to fail otherwise.
         *
         * @throws BridgeException if one is not live in time
         */
        void await(List<Bridge> bridges, WarmUp warmUp) {
            if (startup == Startup.FAIL) {
                bridges.forEach(this::awaitLive);
                warmUp.await();
            }
        }

        private void awaitLive(Bridge bridge) {
            try {
                bridge.awaitLive(longest);
            } catch (BridgeException e) {
                throw new BridgeException(e.getMessage() + "; check " + TOPIC.of(bridge.name()) + " and "
                        + KAFKA_SERVERS + ", or set " + STARTUP + "=wait to start without it");
            }
        }
    }

    private final WebSocketSink sink;
    private final List<Bridge> bridges;
    private final Replays replays;
    private final HostServices services;
    private final WarmUp warmUp;
    private final StartupPolicy startup;
    private final AtomicBoolean started = new AtomicBoolean();

    LaundryBridge(
            WebSocketSink sink,
            List<Bridge> bridges,
            Replays replays,
            HostServices services,
            WarmUp warmUp,
            StartupPolicy startup) {
        this.sink = sink;
        this.bridges = List.copyOf(bridges);
        this.replays = replays;
        this.services = services;
        this.warmUp = warmUp;
        this.startup = startup;
    }

    /** {@return a builder without settings and channels} */
    public static LaundryBridgeBuilder builder() {
        return new LaundryBridgeBuilder();
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
     * {@return the bridge of the channel {@code name}}
     *
     * @param name the channel's name
     * @throws BridgeException if there is no such channel; the message names all
     */
    public Bridge bridge(String name) {
        return bridges.stream()
                .filter(bridge -> bridge.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BridgeException("there is no channel '" + name + "'; the channels are "
                        + String.join(", ", states().keySet())));
    }

    /** {@return the state of each channel, by name in alphabetical order} */
    public Map<String, BridgeState> states() {
        Map<String, BridgeState> states = new TreeMap<>();
        bridges.forEach(bridge -> states.put(bridge.name(), bridge.state()));
        return states;
    }

    /** {@return the state of each channel with its reason, and whether sessions may be sent here} */
    public BridgeHealth health() {
        return new BridgeHealth(bridges.stream().map(Bridge::status).toList());
    }

    /** {@return the open sessions, as {@link WebSocketSink#sessions} says} Waits up to 2 s for busy workers. */
    public List<SessionInfo> sessions() {
        return sink.sessions();
    }

    /**
     * Closes the sessions of {@code user} with 4403, as {@link WebSocketSink#disconnect} says.
     *
     * @param user the user's name
     * @return how many sessions these are
     */
    public int disconnect(String user) {
        return sink.disconnect(user);
    }

    /**
     * Has the access rules asked again for the sessions of {@code user}, because the user's rights have changed.
     *
     * @param user the user's name
     */
    public void recheck(String user) {
        sink.recheck(user);
    }

    /** Has the access rules asked again for all sessions, spread over about a second. */
    public void recheckAll() {
        sink.recheckAll();
    }

    /**
     * Starts all bridges, and the warm-up beside them. A start that fails stops again whatever it began.
     *
     * @throws BridgeException if it was started before, or a channel must be live and does not become so in time
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new BridgeException("this LaundryBridge was started before; build a new one to start again");
        }
        try {
            warmUp.start();
            bridges.forEach(Bridge::start);
            startup.await(bridges, warmUp);
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
        warmUp.endSoon();
        sink.close();
        new Stops(bridges, services).run();
        replays.close();
        warmUp.close();
    }
}
