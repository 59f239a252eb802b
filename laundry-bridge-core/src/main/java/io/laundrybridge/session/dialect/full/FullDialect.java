package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The dialect of subprotocol {@code laundry-bridge.v1}: many channels on one connection, resume, gaps, batches.
 * Stateless.
 */
public final class FullDialect implements Dialect {
    /** The name of the subprotocol. */
    public static final String SUBPROTOCOL = "laundry-bridge.v1";

    @Override
    public String subprotocol() {
        return SUBPROTOCOL;
    }

    @Override
    public List<String> features(EndpointContext context) {
        EndpointChannels channels = context.channels();
        List<String> features =
                new ArrayList<>(List.of("flush", "view", "on-return", "subscribe-view", "await", "travel"));
        if (any(channels, ChannelPolicy::compress)) {
            features.add("compress");
        }
        if (any(channels, policy -> !policy.filterFields().isEmpty())) {
            features.add("where");
        }
        if (context.publishing().isOffered()) {
            features.add("publish");
        }
        return features;
    }

    private static boolean any(EndpointChannels channels, Predicate<ChannelPolicy> offer) {
        return channels.all().stream().anyMatch(channel -> offer.test(channel.policy()));
    }

    @Override
    public Frame refusal(CloseCode code, long retryAfterMillis) {
        return SessionLines.refusal(code, retryAfterMillis);
    }

    @Override
    public Conversation begin(Session session, Handshake handshake, Runnable subscribed) {
        return new FullConversation(this, session, subscribed);
    }
}
