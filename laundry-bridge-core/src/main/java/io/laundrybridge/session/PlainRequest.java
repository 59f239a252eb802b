package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.Every;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a plain client asked for in its query: {@code channel}, {@code key} (any number), {@code from}, {@code every}. Immutable. */
final class PlainRequest {
    private static final Set<String> KNOWN = Set.of("channel", "key", "from", "every");

    private final Handshake handshake;

    PlainRequest(Handshake handshake) {
        this.handshake = handshake;
    }

    /** The channel asked for, or the endpoint's only one. */
    Channel channel(Channels channels) throws PlainRefusal {
        for (String name : handshake.query().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new PlainRefusal(
                        CloseCode.NOT_THE_PROTOCOL,
                        "the query knows channel, key, from and every; there is something else");
            }
        }
        try {
            return channels.readable(channelName(channels), handshake.caller());
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.FORBIDDEN, String.valueOf(e.getMessage()));
        }
    }

    /** Where the query says that reading begins in {@code channel}. */
    Start start(Channel channel, Selection selection, SinkContext context) throws PlainRefusal {
        if (channel.state().log() == null || !channel.state().ready()) {
            throw new PlainRefusal(CloseCode.FULL, "the channel is not ready yet; try again shortly");
        }
        try {
            StartFrom from = handshake.query().containsKey("from") ? StartFromParser.parse(one("from", "live")) : null;
            Start start = new StartResolver(context.services().clock()).resolve(channel, from, null, selection);
            if (start == null || !start.recovered()) {
                throw new PlainRefusal(
                        CloseCode.CONTINUITY_LOST,
                        "what was asked for is not all there any more; use from=last:100 or from=live");
            }
            return start;
        } catch (RefusedLineException e) {
            throw new PlainRefusal(
                    e.code() == ErrorCode.BAD_POSITION ? CloseCode.CONTINUITY_LOST : CloseCode.NOT_THE_PROTOCOL,
                    String.valueOf(e.getMessage()));
        }
    }

    /** The interval of {@code every}, or zero. */
    Duration every() throws PlainRefusal {
        if (!handshake.query().containsKey("every")) {
            return Duration.ZERO;
        }
        try {
            return Every.millis(Long.parseLong(one("every", "")));
        } catch (NumberFormatException e) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "'every' must be a number of milliseconds");
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, String.valueOf(e.getMessage()));
        }
    }

    /** The keys of the query. */
    Selection selection(SessionLimits limits) throws PlainRefusal {
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
