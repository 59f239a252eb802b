package io.laundrybridge.link;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a bridge between its source and its sinks. They are connected once and disconnected once; each waits for
 * the other. Thread-safe.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.Bridge");

    private final EventSource source;
    private final Channel channel;
    private final ChannelWriter writer;
    private final List<EventSink> sinks;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SourceReader reader; // guarded by the lock

    /**
     * Prepares the connection of {@code source} and {@code sinks} through {@code writer}. The replay of {@code channel}
     * is closed at the end.
     */
    public Connection(EventSource source, Channel channel, ChannelWriter writer, List<EventSink> sinks) {
        this.source = source;
        this.channel = channel;
        this.writer = writer;
        this.sinks = sinks;
    }

    Channel channel() {
        return channel;
    }

    /** Connects. Ends after the current step once {@code over} is true. */
    void connect(BooleanSupplier over) {
        lock.lock();
        try {
            for (EventSink sink : sinks) {
                sink.attach(channel);
                if (over.getAsBoolean()) {
                    sink.detach(channel); // a stop during attach may have come too early for it
                    return;
                }
            }
            SourceReader opened = source.open(new ReadRequest(channel.name(), history(), channel.services()), writer);
            if (over.getAsBoolean()) {
                close(opened); // a stop during open came too early for it
            } else {
                reader = opened;
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration history() {
        return channel.policy().keepsState()
                ? ReadRequest.WHOLE
                : channel.policy().retention().age();
    }

    /** Disconnects the sinks, then the source. Logs what does not close cleanly. */
    void disconnect() {
        lock.lock();
        try {
            sinks.forEach(sink -> close(() -> sink.detach(channel)));
            SourceReader open = reader;
            reader = null;
            if (open != null) {
                close(open);
            }
            close(writer::close);
            close(channel.replay());
        } finally {
            lock.unlock();
        }
    }

    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("A part of a bridge did not close cleanly; the others are closed all the same", e);
        }
    }
}
