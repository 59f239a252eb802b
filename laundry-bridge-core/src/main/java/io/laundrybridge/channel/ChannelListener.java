package io.laundrybridge.channel;

/** Receives changes of a channel: its log grew, or its state is another. */
@FunctionalInterface
public interface ChannelListener {

    /**
     * Receives one or more changes of {@code channel}. Called on the source's thread, once for several changes that
     * come together. It must return at once and must not throw.
     */
    void changed(Channel channel);
}
