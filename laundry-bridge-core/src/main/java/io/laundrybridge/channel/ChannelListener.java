package io.laundrybridge.channel;

/** Called when a channel changed: its log grew, or its state is another. */
@FunctionalInterface
public interface ChannelListener {

    /**
     * {@code channel} changed; look what is new. Called on the source's thread, once for several changes that come
     * together. It must return at once and must not throw.
     */
    void changed(Channel channel);
}
