package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.Interval;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request of a plain client in its query: {@code channel}, {@code key} (any number), {@code where}, {@code from},
 * {@code every}. Immutable.
 */
final class PlainRequest {
    private static final Set<String> KNOWN = Set.of("channel", "key", "where", "from", "every");

    private final Handshake handshake;

    PlainRequest(Handshake handshake) {
        this.handshake = handshake;
    }

    /** Returns the requested channel, or the endpoint's only one. */
    Channel channel(EndpointChannels channels) throws PlainRefusal {
        for (String name : handshake.query().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new PlainRefusal(
                        CloseCode.NOT_THE_PROTOCOL,
                        "the query may have channel, key, where, from and every; it has something else");
            }
        }
        try {
            return channels.readable(channelName(channels), handshake.caller());
        } catch (RefusedLineException e) {
            CloseCode code = e.code() == ErrorCode.FORBIDDEN ? CloseCode.FORBIDDEN : CloseCode.FULL;
            throw new PlainRefusal(code, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the search for the place in {@code channel} where the query starts. */
    PendingStart search(Channel channel, Session session) throws PlainRefusal {
        try {
            StartFrom from = handshake.query().containsKey("from") ? StartFromParser.parse(one("from", "live")) : null;
            SessionLimits limits = session.context().limits();
            return new PendingStart(session, limits.aheadWait(), channel, from, null, selection(channel, limits));
        } catch (RefusedLineException e) {
            throw refusal(e);
        }
    }

    /** Returns what {@code search} finds; null while it continues. */
    static @Nullable StartPlace start(PendingStart search) throws PlainRefusal {
        try {
            StartPlace start = search.find();
            if (start == null && (search.asks() || search.looks())) {
                return null;
            }
            if (start == null || !start.recovered()) {
                throw new PlainRefusal(
                        CloseCode.CONTINUITY_LOST,
                        "some of the requested events no longer exist; use from=last:100 or from=live");
            }
            return start;
        } catch (RefusedLineException e) {
            throw refusal(e);
        }
    }

    private static PlainRefusal refusal(RefusedLineException e) {
        CloseCode code = switch (e.code()) {
            case BAD_POSITION -> CloseCode.CONTINUITY_LOST;
            case SOURCE_UNAVAILABLE -> CloseCode.FULL;
            default -> CloseCode.NOT_THE_PROTOCOL;
        };
        return new PlainRefusal(code, String.valueOf(e.getMessage()));
    }

    /** Returns the interval of {@code every}, or zero. */
    Duration every() throws PlainRefusal {
        if (!handshake.query().containsKey("every")) {
            return Duration.ZERO;
        }
        try {
            return Interval.EVERY.millis(Long.parseLong(one("every", "")));
        } catch (NumberFormatException e) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "'every' must be a number of milliseconds");
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, String.valueOf(e.getMessage()));
        }
    }

    /** Counts the memory of the subscription to {@code channel}. */
    void take(SubscriptionCosts costs, Channel channel) {
        List<String> where = handshake.query().getOrDefault("where", List.of());
        List<String> keys = handshake.query().getOrDefault("key", List.of());
        costs.take(channel.name(), keys, String.join("", where));
    }

    private Selection selection(Channel channel, SessionLimits limits) throws PlainRefusal {
        List<String> keys = handshake.query().getOrDefault("key", List.of());
        if (keys.size() > limits.keys()) {
            throw new PlainRefusal(
                    CloseCode.NOT_THE_PROTOCOL, "at most " + limits.keys() + " keys; use a prefix such as site-7/*");
        }
        boolean filtered = handshake.query().containsKey("where");
        return Selection.of(keys)
                .where(filtered ? ClientLineParser.where(one("where", "")) : null, channel, limits.filters());
    }

    private String channelName(EndpointChannels channels) throws PlainRefusal {
        if (handshake.query().containsKey("channel")) {
            return one("channel", "");
        }
        Set<String> names = channels.names();
        if (names.size() == 1) {
            return names.iterator().next();
        }
        throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "the query has no channel; expected ?channel=NAME");
    }

    private String one(String name, String byDefault) throws PlainRefusal {
        List<String> values = handshake.query().getOrDefault(name, List.of(byDefault));
        if (values.size() != 1) {
            throw new PlainRefusal(CloseCode.NOT_THE_PROTOCOL, "'" + name + "' occurs more than once in the query");
        }
        return values.get(0);
    }
}
