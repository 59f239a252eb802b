package io.laundrybridge;

import io.laundrybridge.channel.Access;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.channel.EventSink;
import io.laundrybridge.channel.FallBehind;
import io.laundrybridge.channel.log.Retention;
import io.laundrybridge.channel.replay.ReplayBudget;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.UndecodablePolicy;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Second stage of a bridge: the channel. Each method but {@link #to} returns this builder; not thread-safe. */
public final class ChannelBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final EventSource source;
    private final Encoding encoding;
    private final UndecodablePolicy undecodable;
    private final String name;
    private final List<BridgeListener> listeners = new ArrayList<>();
    private Retention retention = Retention.DEFAULT;
    private FallBehind fallBehind = FallBehind.SKIP;
    private Access access = Access.authenticated();
    private boolean ruled;
    private HostServices services = HostServices.standard();

    ChannelBuilder(EventSource source, Encoding encoding, UndecodablePolicy undecodable, String name) {
        this.source = source;
        this.encoding = encoding;
        this.undecodable = undecodable;
        this.name = name;
    }

    /** How much is kept for clients that come back; default {@link Retention#DEFAULT}. */
    public ChannelBuilder retain(Retention kept) {
        retention = kept;
        return this;
    }

    /** What happens to sessions that fall off the log; default {@link FallBehind#SKIP}. */
    public ChannelBuilder fallBehind(FallBehind policy) {
        fallBehind = policy;
        return this;
    }

    /** Who may read. Without a rule anonymous sessions are refused. */
    public ChannelBuilder access(Access rule) {
        access = rule;
        ruled = true;
        return this;
    }

    /** Tells {@code listener} of the bridge's life. */
    public ChannelBuilder listener(BridgeListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Threads, clocks and telemetry of the host; default {@link HostServices#standard()}. */
    public ChannelBuilder services(HostServices lent) {
        services = lent;
        return this;
    }

    /** Ends the bridge in {@code sinks}, at least one. It is not started yet. */
    public Bridge to(EventSink... sinks) {
        if (sinks.length == 0) {
            throw new BridgeException("channel '" + name + "' goes nowhere; give .to(...) at least one sink");
        }
        if (!ruled) {
            LOG.warn(
                    "Channel '{}' has no access rule, so anonymous sessions are refused; set"
                            + " laundry-bridge.channels.{}.access=anonymous or authenticated, or call .access(...)",
                    name,
                    name);
        }
        Channel channel = new Channel(
                name,
                new ChannelPolicy(access, fallBehind, retention, ReplayBudget.DEFAULT, null),
                (log, from, answered) -> {
                    throw new UnsupportedOperationException();
                },
                services);
        ChannelWriter writer = new ChannelWriter(channel, encoding.encoder(name), undecodable, source.deadLetters());
        return new Bridge(source, channel, writer, List.of(sinks), List.copyOf(listeners));
    }
}
