package io.laundrybridge;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.link.Link;
import io.laundrybridge.link.PublishLink;
import io.laundrybridge.publish.InboundChannel;
import io.laundrybridge.publish.PublishBuilder;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.kafka.KafkaSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Carries one source to one named channel on one or more sinks. Another kind carries what clients publish to a channel
 * the other way: {@link #from(InboundChannel)}.
 *
 * <pre>{@code
 * Bridge machines = Bridge.fromTopic("laundry.machine-log", kafkaProperties)
 *     .channel("machines")
 *     .access(Access.authenticated())
 *     .to(WebSocketEndpoints.register(serverContainer, "/laundry"));
 * machines.start();
 * }</pre>
 *
 * <p>Events of one partition stay in order. Nothing is promised about the order between partitions, and a channel's
 * memory reaches only as far as its {@linkplain io.laundrybridge.policy.Retention retention}. Thread-safe. A bridge
 * starts once and stops once.
 */
public final class Bridge implements AutoCloseable {
    private final Link link;
    private final BridgeLife life;
    private final BooleanSupplier warmingUp;

    Bridge(Link link, List<BridgeListener> listeners, HostServices services) {
        this(link, listeners, services, () -> false);
    }

    /** Makes a bridge that is not ready while {@code warmingUp} is true. */
    Bridge(Link link, List<BridgeListener> listeners, HostServices services, BooleanSupplier warmingUp) {
        this.link = link;
        this.warmingUp = warmingUp;
        String name = link.name();
        BridgeListeners told = new BridgeListeners(name, calls(listeners), services);
        this.life = new BridgeLife(name, services.clock(), told::changed);
    }

    private List<Consumer<StateNews.Change>> calls(List<BridgeListener> listeners) {
        List<Consumer<StateNews.Change>> calls = new ArrayList<>();
        listeners.forEach(listener -> calls.add(change -> listener.changed(this, change.state(), change.reason())));
        return calls;
    }

    /**
     * Begins a bridge that reads {@code source}. Several bridges may share one source, which reads its stream once.
     *
     * @param source where records come from
     * @return the first stage of the builder
     */
    public static BridgeBuilder from(EventSource source) {
        return new BridgeBuilder(source);
    }

    /**
     * Begins a bridge in the other direction: what clients publish to a channel is stored elsewhere, for example in a
     * topic of Kafka. Nobody may publish without {@link PublishBuilder#access}.
     *
     * <pre>{@code
     * Bridge commands = Bridge.from(sink.inbound("commands"))
     *     .access(Access.role("STAFF"))
     *     .to(KafkaSink.topic("laundry.commands", kafkaProperties));
     * }</pre>
     *
     * @param inbound a channel of {@link io.laundrybridge.session.WebSocketSink#inbound}
     * @return the builder
     */
    public static PublishBuilder<Bridge> from(InboundChannel inbound) {
        return new PublishBuilder<>(
                inbound.name(),
                (policy, end) -> new Bridge(new PublishLink(inbound, policy, end), List.of(), inbound.services()));
    }

    /**
     * Begins a bridge that reads a Kafka topic with a consumer of its own. To share a consumer between channels, call
     * {@link #from} with one {@link KafkaSource}.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's consumer, {@code bootstrap.servers} among them; see {@link
     *     KafkaSource}
     * @return the first stage of the builder
     * @throws io.laundrybridge.error.SettingException if a property is the bridge's own, is missing or is malformed
     */
    public static BridgeBuilder fromTopic(String topic, Map<String, ?> kafkaProperties) {
        return from(KafkaSource.topic(topic, kafkaProperties));
    }

    /** {@return the channel's name} */
    public String name() {
        return link.name();
    }

    /** {@return where the bridge is in its life} */
    public BridgeState state() {
        return life.state();
    }

    /** {@return why the bridge is waiting, stale or failed, in one sentence; else ""} */
    public String reason() {
        return life.reason();
    }

    /** {@return the state, its reason and its beginning, as of one moment} */
    public ChannelStatus status() {
        return life.status(warmingUp.getAsBoolean());
    }

    /**
     * Starts reading and returns at once. A source that cannot be reached is tried again until it can; use {@link
     * #awaitLive} to wait for it. If a sink or the source fails at once, everything that has begun is stopped again.
     *
     * @throws BridgeException if the bridge was started before
     * @throws IllegalStateException if a sink has a channel of that name, or was closed
     */
    public void start() {
        life.start();
        link.listen(() -> life.follow(link::condition));
        try {
            link.connect(life::isOver);
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    /**
     * Waits until the channel has been live. It may be stale when this returns, if the source was lost since. An
     * interrupt ends the wait, and stays set.
     *
     * @param longest the longest wait
     * @throws BridgeException if the bridge is not live within {@code longest}, has failed, was stopped, or the thread
     *     was interrupted; the message says which
     */
    public void awaitLive(Duration longest) {
        life.awaitLive(longest);
    }

    /**
     * Stops the bridge. Sessions get an error for the channel, or {@code bye} (close 1012) if it was the endpoint's
     * last. Then the source is closed, and no thread is left. To stop several channels of one endpoint, close the
     * {@linkplain io.laundrybridge.session.WebSocketSink#close sink} first. Waits up to about 10 s. Idempotent: a
     * second call waits for the first, unless it comes from a listener.
     */
    public void stop() {
        switch (life.beginStop()) {
            case NEW -> link.disconnect();
            case DRAINING, STOPPED -> life.awaitStopped();
            case STARTING, LIVE, STALE, FAILED -> {
                life.tellStop();
                try {
                    link.disconnect();
                } finally {
                    life.endStop();
                }
            }
        }
    }

    /** Stops the bridge, as {@link #stop} does. */
    @Override
    public void close() {
        stop();
    }
}
