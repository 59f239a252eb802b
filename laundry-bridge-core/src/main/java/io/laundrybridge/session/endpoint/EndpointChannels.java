package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.ChannelSettings.ACCESS;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of an endpoint, and which callers may read them. An endpoint knows a channel from its announcement until
 * the endpoint closes: a channel that is not attached now still exists. Thread-safe.
 */
public final class EndpointChannels {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final Map<String, Known> byName = new ConcurrentHashMap<>();
    private final RateLimitedLog denials;

    public EndpointChannels(LongSupplier nanoTime) {
        this.denials = new RateLimitedLog(LOG, nanoTime);
    }

    /**
     * A channel by its name; replaced as a whole, so that no reader sees it between two states.
     *
     * @param attached the attached channel, or null before it is attached and after it stopped
     * @param announced the channels of that name which will be attached
     */
    public record Known(ChannelPolicy policy, @Nullable Channel attached, Set<Channel> announced) {}

    /** {@code channel} will be attached. */
    public void announce(Channel channel) {
        byName.merge(
                channel.name(),
                new Known(channel.policy(), null, Set.of(channel)),
                (known, fresh) -> new Known(
                        known.attached() == null ? fresh.policy() : known.policy(),
                        known.attached(),
                        with(known.announced(), channel)));
    }

    public void add(Channel channel) {
        byName.compute(channel.name(), (name, known) -> {
            if (known != null && known.attached() != null) {
                throw new IllegalStateException("channel '" + name
                        + "' is already attached to this endpoint; give each bridge a channel name of its own");
            }
            return new Known(channel.policy(), channel, known == null ? Set.of() : without(known.announced(), channel));
        });
    }

    /** {@code channel} is no longer read, or will not be attached; the endpoint still knows its name. */
    public void remove(Channel channel) {
        byName.computeIfPresent(channel.name(), (name, known) -> {
            Channel attached = known.attached() == channel ? null : known.attached();
            return new Known(known.policy(), attached, without(known.announced(), channel));
        });
    }

    /** Forgets the channels that are neither attached nor announced. */
    public void forgetStopped() {
        for (String name : byName.keySet()) {
            byName.computeIfPresent(
                    name,
                    (same, known) ->
                            known.attached() == null && known.announced().isEmpty() ? null : known);
        }
    }

    /** Returns all channels that the endpoint knows, attached or not. */
    public Collection<Known> all() {
        return byName.values();
    }

    /** Returns the names of all channels that the endpoint knows, attached or not. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * Returns the channel {@code name}, if {@code caller} may read it.
     *
     * @throws RefusedLineException {@code forbidden} with the same sentence if the channel does not exist or the
     *     caller may not read it; {@code source_unavailable} if the caller may read it, but it is not attached or not
     *     ready
     */
    public Channel readable(String name, Caller caller) {
        Known known = byName.get(name);
        if (known == null || !allows(known.policy(), name, caller)) {
            throw new RefusedLineException(ErrorCode.FORBIDDEN, refusal(name, caller));
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

    private boolean allows(ChannelPolicy policy, String name, Caller caller) {
        try {
            return policy.access().allows(caller, name);
        } catch (Throwable e) {
            denials.warn("The access rule of channel '" + name + "' threw; access is denied", e);
            return false;
        }
    }

    /** Returns the roles in the access rules of all known channels; none for a rule that fails. */
    public Set<String> roles() {
        Set<String> roles = new HashSet<>();
        byName.forEach((name, known) -> roles.addAll(roles(name, known.policy())));
        return Set.copyOf(roles);
    }

    private Set<String> roles(String name, ChannelPolicy policy) {
        try {
            return Set.copyOf(policy.access().roles());
        } catch (Throwable e) {
            denials.warn("The access rule of channel '" + name + "' threw when it was asked for roles", e);
            return Set.of();
        }
    }

    private static String refusal(String name, Caller caller) {
        String safe = name.matches("[A-Za-z0-9_.:-]{1,128}") ? name : "?";
        return caller.anonymous()
                ? "no channel '" + safe + "' for anonymous sessions; the operator can set " + ACCESS.of(safe)
                        + "=anonymous"
                : "no channel '" + safe + "' for you; check its name and your rights";
    }

    private static Set<Channel> with(Set<Channel> some, Channel one) {
        Set<Channel> more = new HashSet<>(some);
        more.add(one);
        return Set.copyOf(more);
    }

    private static Set<Channel> without(Set<Channel> some, Channel one) {
        Set<Channel> fewer = new HashSet<>(some);
        fewer.remove(one);
        return Set.copyOf(fewer);
    }
}
