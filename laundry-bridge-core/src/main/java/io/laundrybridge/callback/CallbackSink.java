package io.laundrybridge.callback;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.EventHandler;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands the events of channels to the application, from the moment a channel is live. A handler that is slower than the
 * stream falls behind the log and receives a gap; it delays no other reader. Thread-safe.
 */
public final class CallbackSink implements EventSink {
    private final EventHandler handler;
    private final Map<Channel, CallbackReader> readers = new ConcurrentHashMap<>();

    private CallbackSink(EventHandler handler) {
        this.handler = handler;
    }

    /**
     * {@return a sink that calls {@code handler}, on one thread per channel}
     *
     * @param handler takes the events, on one thread per channel
     */
    public static CallbackSink to(EventHandler handler) {
        return new CallbackSink(handler);
    }

    /** {@inheritDoc} Variants of a channel are for sessions, so they are passed over. */
    @Override
    public void attach(EventStream stream) {
        Channel channel = Channel.of(stream);
        if (channel.policy().variant() > 0) {
            return;
        }
        CallbackReader reader = new CallbackReader(channel, handler);
        if (readers.putIfAbsent(channel, reader) != null) {
            throw new IllegalStateException("channel '" + channel.name() + "' is already attached to this sink");
        }
        reader.start();
    }

    @Override
    public void detach(EventStream stream) {
        CallbackReader reader = readers.remove(Channel.of(stream));
        if (reader != null) {
            reader.stop();
        }
    }
}
