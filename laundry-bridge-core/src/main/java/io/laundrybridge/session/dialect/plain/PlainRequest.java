package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.Interval;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.StartFromParser;
import io.laundrybridge.session.dialect.RefusedSessionException;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

    /** Returns the name of the requested channel, or of the endpoint's only one. */
    String channel(EndpointChannels channels) throws RefusedSessionException {
        for (String name : handshake.query().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new RefusedSessionException(
                        CloseCode.NOT_THE_PROTOCOL,
                        "the query may have channel, key, where, from and every; it has something else");
            }
        }
        return channelName(channels);
    }

    /** Returns the search for the place in {@code granted} where the query starts. */
    PendingStart search(GrantedChannel granted, Session session) throws RefusedSessionException {
        Channel channel = granted.channel();
        PlaceOwner owner = session.context().sealing().owner(channel, session.caller(), granted.grant());
        StartFrom from = handshake.query().containsKey("from") ? StartFromParser.parse(one("from", "live")) : null;
        SessionLimits limits = session.context().limits();
        return new PendingStart(
                session.reading(), limits.aheadWait(), channel, owner, from, null, selection(granted, limits));
    }

    /** Returns the interval of {@code every}, or zero. */
    Duration every() throws RefusedSessionException {
        if (!handshake.query().containsKey("every")) {
            return Duration.ZERO;
        }
        try {
            return Interval.EVERY.millis(Long.parseLong(one("every", "")));
        } catch (NumberFormatException e) {
            throw new RefusedSessionException(CloseCode.NOT_THE_PROTOCOL, "'every' must be a number of milliseconds");
        }
    }

    /** Counts the memory of the subscription to {@code channel}. */
    void take(SubscriptionCosts costs, Channel channel) throws RefusedSessionException {
        List<String> where = handshake.query().getOrDefault("where", List.of());
        List<String> keys = handshake.query().getOrDefault("key", List.of());
        try {
            costs.take(channel.name(), keys, String.join("", where));
        } catch (RefusedLineException e) {
            throw new RefusedSessionException(CloseCode.FULL, String.valueOf(e.getMessage()));
        }
    }

    private Selection selection(GrantedChannel granted, SessionLimits limits) throws RefusedSessionException {
        List<String> keys = handshake.query().getOrDefault("key", List.of());
        if (keys.size() > limits.keys()) {
            throw new RefusedSessionException(
                    CloseCode.NOT_THE_PROTOCOL, "at most " + limits.keys() + " keys; use a prefix such as site-7/*");
        }
        boolean filtered = handshake.query().containsKey("where");
        Channel channel = granted.channel();
        return Selection.of(keys)
                .where(filtered ? ClientLineParser.where(one("where", "")) : null, channel, limits.filters())
                .within(granted.grant(), channel);
    }

    private String channelName(EndpointChannels channels) throws RefusedSessionException {
        if (handshake.query().containsKey("channel")) {
            return one("channel", "");
        }
        Set<String> names = channels.names();
        if (names.size() == 1) {
            return names.iterator().next();
        }
        throw new RefusedSessionException(
                CloseCode.NOT_THE_PROTOCOL, "the query has no channel; expected ?channel=NAME");
    }

    private String one(String name, String byDefault) throws RefusedSessionException {
        List<String> values = handshake.query().getOrDefault(name, List.of(byDefault));
        if (values.size() != 1) {
            throw new RefusedSessionException(
                    CloseCode.NOT_THE_PROTOCOL, "'" + name + "' occurs more than once in the query");
        }
        return values.get(0);
    }
}
