package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The channels of an endpoint, and which callers may read them. An endpoint knows a channel from its announcement until
 * the endpoint closes: a channel that is not attached now still exists. Thread-safe.
 */
public final class EndpointChannels {
    private final Map<String, KnownChannel> byName = new ConcurrentHashMap<>();
    private final AccessRules rules;

    public EndpointChannels(LongSupplier nanoTime) {
        this.rules = new AccessRules(nanoTime);
    }

    /** Adds {@code channel}, which will be attached. */
    public void announce(Channel channel) {
        byName.compute(
                channel.name(), (name, known) -> known == null ? KnownChannel.announced(channel) : known.with(channel));
    }

    public void add(Channel channel) {
        byName.compute(channel.name(), (name, known) -> {
            if (known != null && known.attached() != null) {
                throw new IllegalStateException("channel '" + name
                        + "' is already attached to this endpoint; give each bridge a channel name of its own");
            }
            return known == null ? KnownChannel.attached(channel) : known.attach(channel);
        });
    }

    /** Removes {@code channel}, which is no longer read, or will not be attached. The endpoint still knows its name. */
    public void remove(Channel channel) {
        byName.computeIfPresent(channel.name(), (name, known) -> known.without(channel));
    }

    /** Forgets the channels that are neither attached nor announced. */
    public void forgetStopped() {
        for (String name : byName.keySet()) {
            byName.computeIfPresent(name, (same, known) -> known.isStopped() ? null : known);
        }
    }

    /** Returns all channels that the endpoint knows, attached or not. */
    public Collection<KnownChannel> all() {
        return byName.values();
    }

    /** Returns the names of all channels that the endpoint knows, attached or not. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * Returns the channel {@code name}, if {@code caller} may read it.
     *
     * @throws RefusedLineException {@code forbidden}, with one sentence, if the channel does not exist or the caller
     *     may not read it. {@code source_unavailable} if the channel is not attached or not ready
     */
    public Channel readable(String name, Caller caller) {
        KnownChannel known = byName.get(name);
        if (known == null || !rules.allow(known.policy(), name, caller)) {
            throw new RefusedLineException(ErrorCode.FORBIDDEN, AccessRules.refusal(name, caller));
        }
        Channel attached = known.attached();
        if (attached == null) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not started here; try again shortly");
        }
        if (attached.state().log() == null || !attached.state().ready()) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet; try again shortly");
        }
        return attached;
    }

    /** Returns the roles in the access rules of all known channels; none for a rule that fails. */
    public Set<String> roles() {
        Set<String> roles = new HashSet<>();
        byName.forEach((name, known) -> roles.addAll(rules.roles(known.policy(), name)));
        return Set.copyOf(roles);
    }
}
