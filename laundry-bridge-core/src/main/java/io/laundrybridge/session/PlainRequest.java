package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import java.util.List;
import java.util.Set;

/** What a plain client asked for in its query: {@code channel}, {@code key} (any number), {@code from}. Immutable. */
final class PlainRequest {
    private static final Set<String> KNOWN = Set.of("channel", "key", "from");

    private final Handshake handshake;

    PlainRequest(Handshake handshake) {
        this.handshake = handshake;
    }

    /** The channel asked for, or the endpoint's only one. */
    Channel channel(Channels channels) throws PlainRefusal {
        for (String name : handshake.query().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new PlainRefusal(
                        CloseCode.NOT_THE_PROTOCOL, "the query knows channel, key and from; there is something else");
            }
        }
        try {
            return channels.readable(channelName(channels), handshake.caller());
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.FORBIDDEN, String.valueOf(e.getMessage()));
        }
    }

    /** A reader of {@code channel} where the query says. */
    LogReader reader(Channel channel, SinkContext context) throws PlainRefusal {
        ChannelState state = channel.state();
        ChannelLog log = state.log();
        if (log == null || !state.ready()) {
            throw new PlainRefusal(CloseCode.FULL, "the channel is not ready yet; try again shortly");
        }
        Selection selection = selection(context.limits());
        try {
            StartFrom from = StartFromParser.parse(one("from", "live"));
            Start start = new StartResolver(context.services().clock()).resolve(log, from, null, selection);
            if (start == null || !start.recovered()) {
                throw new PlainRefusal(
                        CloseCode.CONTINUITY_LOST,
                        "the channel's memory does not reach there; use from=last:100 or from=live");
            }
            return new LogReader(start, selection);
        } catch (RefusedLineException e) {
            throw new PlainRefusal(
                    e.code() == ErrorCode.BAD_POSITION ? CloseCode.CONTINUITY_LOST : CloseCode.NOT_THE_PROTOCOL,
                    String.valueOf(e.getMessage()));
        }
    }

    private Selection selection(SessionLimits limits) throws PlainRefusal {
        List<String> keys = handshake.query().getOrDefault("key", List.of());
        if (keys.size() > limits.keys()) {
            throw new PlainRefusal(
                    CloseCode.NOT_THE_PROTOCOL, "at most " + limits.keys() + " keys; use a prefix such as site-7/*");
        }
        return Selection.of(keys);
    }

    private String channelName(Channels channels) throws PlainRefusal {
        if (handshake.query().containsKey("channel")) {
            return one("channel", "");
        }
        if (channels.all().size() == 1) {
            return channels.all().iterator().next().name();
        }
        throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "say which channel: ?channel=NAME");
    }

    private String one(String name, String byDefault) throws PlainRefusal {
        List<String> values = handshake.query().getOrDefault(name, List.of(byDefault));
        if (values.size() != 1) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "'" + name + "' stands more than once in the query");
        }
        return values.get(0);
    }
}
