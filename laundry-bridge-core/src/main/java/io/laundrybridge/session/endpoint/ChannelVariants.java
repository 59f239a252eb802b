package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.Channel;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The variants of a channel that an endpoint knows by one name, in their order. A channel without variants is the only
 * one of its name. Immutable; replaced as a whole.
 */
final class ChannelVariants {
    static final ChannelVariants NONE = new ChannelVariants(new TreeMap<>());

    private final SortedMap<Integer, KnownChannel> inOrder;

    private ChannelVariants(SortedMap<Integer, KnownChannel> inOrder) {
        this.inOrder = inOrder;
    }

    /** Returns all of them, the first choice first. */
    Collection<KnownChannel> all() {
        return Collections.unmodifiableCollection(inOrder.values());
    }

    /** Returns the variant with the place of {@code channel} among the variants; null if there is none. */
    @Nullable KnownChannel like(Channel channel) {
        return at(channel.policy().variant());
    }

    /** Returns the variant at {@code place}; null if there is none. */
    @Nullable KnownChannel at(int place) {
        return inOrder.get(place);
    }

    /** Returns these with another variant at the place of {@code channel}. */
    ChannelVariants with(Channel channel, KnownChannel variant) {
        SortedMap<Integer, KnownChannel> more = new TreeMap<>(inOrder);
        more.put(channel.policy().variant(), variant);
        return new ChannelVariants(more);
    }

    /** Returns these with the variant at the place of {@code channel} changed, if there is one. */
    ChannelVariants change(Channel channel, UnaryOperator<KnownChannel> change) {
        KnownChannel present = like(channel);
        return present == null ? this : with(channel, change.apply(present));
    }

    /** Returns whether no channel of that name is attached or will be. */
    boolean areStopped() {
        return inOrder.values().stream().allMatch(KnownChannel::isStopped);
    }
}
