package io.laundrybridge.channel;

/** Is told that a channel changed: its log grew, or its state is another. */
@FunctionalInterface
public interface ChannelListener {

    /**
     * {@code channel} changed; look what is new. Called on the source's thread, once for many changes where they come
     * together: must return at once and must not throw.
     */
    void changed(Channel channel);
}
