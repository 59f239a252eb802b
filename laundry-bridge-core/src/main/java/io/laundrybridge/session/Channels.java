package io.laundrybridge.session;

import io.laundrybridge.channel.Caller;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.RateLimitedLog;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of an endpoint and the question who may read them. Thread-safe. */
final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final Map<String, Channel> byName = new ConcurrentHashMap<>();
    private final RateLimitedLog denials;

    Channels(LongSupplier nanoTime) {
        this.denials = new RateLimitedLog(LOG, nanoTime);
    }

    void add(Channel channel) {
        if (byName.putIfAbsent(channel.name(), channel) != null) {
            throw new IllegalStateException("channel '" + channel.name()
                    + "' is already attached to this endpoint; give each bridge a channel name of its own");
        }
    }

    void remove(Channel channel) {
        byName.remove(channel.name(), channel);
    }

    Collection<Channel> all() {
        return byName.values();
    }

    /** The extensions of the protocol that are offered here. */
    List<String> features() {
        List<String> features = new ArrayList<>(List.of("flush", "view", "on-return", "subscribe-view"));
        if (all().stream().anyMatch(channel -> channel.policy().compress())) {
            features.add("compress");
        }
        if (all().stream().anyMatch(channel -> !channel.policy().filterFields().isEmpty())) {
            features.add("where");
        }
        return features;
    }

    /**
     * The channel {@code name}, if {@code caller} may read it.
     *
     * @throws RefusedLineException {@code forbidden} in one and the same sentence whether the channel does not exist or
     *     is not the caller's
     */
    Channel readable(String name, Caller caller) {
        Channel channel = byName.get(name);
        if (channel == null || !allows(channel, caller)) {
            throw new RefusedLineException(ErrorCode.FORBIDDEN, refusal(name, caller));
        }
        return channel;
    }

    private boolean allows(Channel channel, Caller caller) {
        try {
            return channel.policy().access().allows(caller, channel.name());
        } catch (Throwable e) {
            denials.warn("The access rule of channel '" + channel.name() + "' threw; access is denied", e);
            return false;
        }
    }

    /** The roles that the access rules ask about; none for a rule that cannot say. */
    Set<String> roles() {
        return all().stream().flatMap(channel -> roles(channel).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> roles(Channel channel) {
        try {
            return Set.copyOf(channel.policy().access().roles());
        } catch (Throwable e) {
            denials.warn("The access rule of channel '" + channel.name() + "' threw when it was asked for roles", e);
            return Set.of();
        }
    }

    private static String refusal(String name, Caller caller) {
        String safe = name.matches("[A-Za-z0-9_.:-]{1,128}") ? name : "?";
        return caller.anonymous()
                ? "no channel '" + safe + "' for anonymous sessions; the operator can set laundry-bridge.channels."
                        + safe + ".access=anonymous"
                : "no channel '" + safe + "' for you; check its name and your rights";
    }
}
