package io.laundrybridge;

import static io.laundrybridge.config.ChannelSettings.ACCESS;
import static io.laundrybridge.config.ChannelSettings.FALL_BEHIND;
import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;
import static io.laundrybridge.config.ChannelSettings.FLUSH;
import static io.laundrybridge.config.ChannelSettings.LATEST_BY_KEY;

import io.laundrybridge.BridgeBuilder.Variant;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.channel.VariantTelemetry;
import io.laundrybridge.channel.replay.ChannelReplay;
import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.link.Connection;
import io.laundrybridge.link.Connections;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowTemplate;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second stage of a bridge: the channel. Each method but {@link #to} returns this builder; not thread-safe. */
public final class ChannelBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelBuilder.class);

    private final EventSource source;
    private final Variant base;
    private final String name;
    private final List<Variant> variants = new ArrayList<>();
    private final List<BridgeListener> listeners = new ArrayList<>();
    private final List<EventSink> sinks = new ArrayList<>();
    private Retention retention = Retention.DEFAULT;
    private @Nullable FallBehind fallBehind;
    private ReplayBudget replay = ReplayBudget.DEFAULT;
    private Duration flush = Duration.ZERO;
    private boolean compress;
    private ReplayLimits replayLimits = ReplayLimits.DEFAULT;
    private @Nullable Replays sharedReplays;
    private @Nullable StateLimits state;
    private FilterFields filterFields = FilterFields.NONE;
    private @Nullable Access access;
    private @Nullable RowTemplate rows;
    private HostServices services = HostServices.standard();

    ChannelBuilder(EventSource source, Variant base, String name) {
        this.source = source;
        this.base = base;
        this.name = name;
    }

    /** Returns the channel's name. */
    String name() {
        return name;
    }

    /**
     * Sets how much is kept for clients that come back; default {@link Retention#DEFAULT}.
     *
     * @param kept the oldest event and the memory that are kept
     * @return this builder
     */
    public ChannelBuilder retain(Retention kept) {
        retention = kept;
        return this;
    }

    /**
     * Sets what happens to sessions that fall behind the log. The default is {@link FallBehind#CATCH_UP}, with state
     * {@link FallBehind#CONFLATE}.
     *
     * @param policy what happens to them
     * @return this builder
     */
    public ChannelBuilder fallBehind(FallBehind policy) {
        fallBehind = policy;
        return this;
    }

    /**
     * Keeps the newest value of every key, so that sessions begin with a snapshot. The whole topic is read before the
     * channel is ready, so it should be compacted. The limits are {@link StateLimits#DEFAULT}.
     *
     * @return this builder
     */
    public ChannelBuilder latestByKey() {
        return latestByKey(StateLimits.DEFAULT);
    }

    /**
     * Keeps the newest value of every key, as {@link #latestByKey()}. A channel whose state is beyond {@code limits}
     * shows no snapshots.
     *
     * @param limits how many keys and how much memory
     * @return this builder
     */
    public ChannelBuilder latestByKey(StateLimits limits) {
        state = limits;
        return this;
    }

    /**
     * Declares the fields of the shown value that clients may filter by ({@code where}). They are JSON pointers such as
     * {@code /temperature} and {@code /site/name}. Each record is searched for them once; a record with such a field
     * twice is undecodable.
     *
     * @param pointers JSON pointers (RFC 6901), each once; none for no filters
     * @return this builder
     * @throws SettingException if one is not a JSON pointer to a field, or occurs twice
     */
    public ChannelBuilder filterFields(String... pointers) {
        filterFields = FilterFields.of(FILTER_FIELDS.of(name).check(List.of(pointers)));
        return this;
    }

    /**
     * Sets how far behind the log one session may read again; default {@link ReplayBudget#DEFAULT}.
     *
     * @param budget offsets and bytes per session
     * @return this builder
     */
    public ChannelBuilder replay(ReplayBudget budget) {
        replay = budget;
        return this;
    }

    /**
     * Sets how many connections to the source replay at the same time, and how much memory that takes. The default is
     * {@link ReplayLimits#DEFAULT}. The channels of a {@link LaundryBridge} share one set of these limits; any other
     * channel has its own.
     *
     * @param limits the bounds of the node
     * @return this builder
     */
    public ChannelBuilder replayLimits(ReplayLimits limits) {
        replayLimits = limits;
        return this;
    }

    /** Replays through {@code shared}, which the caller closes, instead of readers of the channel's own. */
    ChannelBuilder replays(Replays shared) {
        sharedReplays = shared;
        return this;
    }

    /**
     * Gathers events for this long before they are sent, at ticks that all sessions share. A subscription may ask for
     * longer. The default is zero, which adds no delay.
     *
     * @param interval 10 ms to a minute, or zero
     * @return this builder
     * @throws SettingException if it is out of bounds
     */
    public ChannelBuilder flush(Duration interval) {
        flush = FLUSH.of(name).check(interval);
        return this;
    }

    /**
     * Sets whether sessions may ask for compressed frames; default no. Not for channels whose events hold secrets
     * beside text that an attacker can choose: a compressed frame's length reveals whether the two are alike.
     *
     * @param allowed whether they may
     * @return this builder
     */
    public ChannelBuilder compress(boolean allowed) {
        compress = allowed;
        return this;
    }

    /**
     * Sets the rule for which users may read the channel. Without a rule anonymous sessions are refused.
     *
     * @param rule is asked at each subscribe
     * @return this builder
     */
    public ChannelBuilder access(Access rule) {
        access = rule;
        return this;
    }

    /**
     * Adds a variant: the same records in another form. A session gets the first form that grants its caller anything:
     * the channel itself by its {@link #access}, then the variants in their order. All have the channel's name.
     *
     * <pre>{@code
     * channel.access(Access.role("accounting"))
     *     .variant("without-prices", Access.authenticated(), records -> records.map(Order.class, Order::withoutPrices))
     * }</pre>
     *
     * <p>A variant has a log and state of its own, with the bounds of the channel, and reads the source with the same
     * consumer. It begins with the channel's decoder, mapping and filters. Filter fields are those of its own values. A
     * {@link io.laundrybridge.callback.CallbackSink} gets the channel itself alone. Meters count what a variant
     * receives and keeps under {@code channel/variant}.
     *
     * @param variant its name, for meters
     * @param rule decides which callers get it
     * @param change changes how it shows records
     * @return this builder
     * @throws BridgeException if the channel has a variant of that name
     */
    public ChannelBuilder variant(String variant, Access rule, Consumer<? super BridgeBuilder> change) {
        if (variants.stream().anyMatch(other -> other.name().equals(variant))) {
            throw new BridgeException("channel '" + name + "' has a variant '" + variant + "' already");
        }
        BridgeBuilder records = new BridgeBuilder(source, base);
        change.accept(records);
        variants.add(records.variant(variant, rule));
        return this;
    }

    /**
     * Narrows the rules of the channel and its variants to {@code template}, whatever rules are set. Its fields need
     * not be declared.
     */
    ChannelBuilder rows(RowTemplate template) {
        rows = template;
        return this;
    }

    /**
     * Adds a listener of the bridge's state.
     *
     * @param listener is called at each change
     * @return this builder
     */
    public ChannelBuilder listener(BridgeListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Sets threads, clocks and telemetry of the host; default {@link HostServices#standard()}.
     *
     * @param lent threads, clocks and telemetry
     * @return this builder
     */
    public ChannelBuilder services(HostServices lent) {
        services = lent;
        return this;
    }

    /**
     * Adds a sink, for example a {@link io.laundrybridge.callback.CallbackSink} beside the endpoint.
     *
     * @param sink receives the channel's events
     * @return this builder
     */
    public ChannelBuilder sink(EventSink sink) {
        sinks.add(sink);
        return this;
    }

    /**
     * Builds the bridge and connects it to {@code more} and all sinks added before. It is not started yet, but the
     * sinks know its channel now. Stop a bridge that will never be started.
     *
     * @param more at least one, unless sinks were added before
     * @return the bridge
     * @throws BridgeException if there is no sink, or a {@link LaundryBridge} builds this bridge
     * @throws SettingException if the channel is to conflate but keeps no state
     */
    public Bridge to(EventSink... more) {
        if (sharedReplays != null) {
            throw new BridgeException(
                    "channel '" + name + "' is built by its LaundryBridge; add a sink with .sink(...)");
        }
        sinks.addAll(List.of(more));
        return build();
    }

    /** Returns the most memory that logs and state may take, in bytes. */
    long heldBytes() {
        return (1 + variants.size()) * (retention.bytes() + (state == null ? 0 : state.bytes()));
    }

    /** Builds the bridge, as {@link #to} says. */
    Bridge build() {
        return new Bridge(connections(), listeners(), services);
    }

    /** Returns what the bridge connects. */
    Connections connections() {
        if (sinks.isEmpty()) {
            throw new BridgeException("channel '" + name + "' has no sink; give .to(...) at least one");
        }
        if (access == null) {
            LOG.warn(
                    "Channel '{}' has no access rule, so anonymous sessions are refused; set {}=anonymous or"
                            + " authenticated, or call .access(...)",
                    name,
                    ACCESS.of(name));
        }
        Replays replays = Objects.requireNonNullElseGet(sharedReplays, () -> Replays.of(replayLimits, services));
        List<Connection> connections = new ArrayList<>();
        connections.add(connection(base, access == null ? base.access() : access, 0, replays, services));
        for (Variant variant : variants) {
            HostServices counted = VariantTelemetry.services(services, name, variant.name());
            connections.add(connection(variant, variant.access(), connections.size(), replays, counted));
        }
        List<AutoCloseable> owned = sharedReplays == null ? List.of(replays) : List.of();
        return new Connections(connections, owned);
    }

    /** Returns the listeners of the bridge. */
    List<BridgeListener> listeners() {
        return List.copyOf(listeners);
    }

    private Connection connection(Variant variant, Access rule, int place, Replays replays, HostServices lent) {
        FilterFields fields = rows == null ? filterFields : filterFields.with(rows.pointers());
        Access narrowed = rows == null ? rule : rule.rows(rows);
        Encoding shown = variant.encoding().filterFields(fields).state(state != null);
        ChannelReplay again = replays.open(name, source, shown);
        ChannelPolicy policy =
                new ChannelPolicy(narrowed, policy(), retention, replay, flush, compress, state, fields, place);
        Channel channel = new Channel(name, policy, again, lent);
        ChannelWriter writer =
                new ChannelWriter(channel, shown.encoder(name), variant.undecodable(), source.deadLetters());
        List<EventSink> ends = List.copyOf(sinks);
        ends.forEach(sink -> sink.announce(channel));
        return new Connection(source, channel, writer, ends);
    }

    private FallBehind policy() {
        if (fallBehind == FallBehind.CONFLATE && state == null) {
            throw new SettingException(
                    FALL_BEHIND.of(name).key(),
                    "channel '" + name + "' is set to conflate but keeps no state; set " + LATEST_BY_KEY.of(name)
                            + "=true or call .latestByKey(), or choose another " + FALL_BEHIND.of(name));
        }
        return fallBehind != null ? fallBehind : state == null ? FallBehind.CATCH_UP : FallBehind.CONFLATE;
    }
}
