package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel that an endpoint knows by its name; replaced as a whole, so that no reader sees it between two states.
 *
 * @param attached the attached channel, or null before it is attached and after it stopped
 * @param announced the channels of that name which will be attached
 */
public record KnownChannel(ChannelPolicy policy, @Nullable Channel attached, Set<Channel> announced) {

    static KnownChannel announced(Channel channel) {
        return new KnownChannel(channel.policy(), null, Set.of(channel));
    }

    static KnownChannel attached(Channel channel) {
        return new KnownChannel(channel.policy(), channel, Set.of());
    }

    /** Returns this with {@code channel} announced too. */
    KnownChannel with(Channel channel) {
        Set<Channel> more = new HashSet<>(announced);
        more.add(channel);
        return new KnownChannel(attached == null ? channel.policy() : policy, attached, Set.copyOf(more));
    }

    /** Returns this with {@code channel} attached, which was announced before. */
    KnownChannel attach(Channel channel) {
        return new KnownChannel(channel.policy(), channel, others(channel));
    }

    /** Returns this with {@code channel} neither attached nor announced. */
    KnownChannel without(Channel channel) {
        return new KnownChannel(policy, attached == channel ? null : attached, others(channel));
    }

    /** Returns whether no channel of that name is attached or will be. */
    boolean isStopped() {
        return attached == null && announced.isEmpty();
    }

    private Set<Channel> others(Channel channel) {
        Set<Channel> fewer = new HashSet<>(announced);
        fewer.remove(channel);
        return Set.copyOf(fewer);
    }
}
