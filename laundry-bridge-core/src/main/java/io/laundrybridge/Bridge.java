package io.laundrybridge;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one source to one named channel on one or more sinks.
 *
 * <pre>{@code
 * WebSocketSink sink = WebSocketSink.at("/laundry");
 * Bridge machines = Bridge.from(KafkaSource.topic("laundry.machine-log", kafkaProperties))
 *     .channel("machines")
 *     .access(Access.authenticated())
 *     .to(sink);
 * WebSocketEndpoints.register(serverContainer, sink);
 * machines.start();
 * }</pre>
 *
 * <p>Events of one partition stay in order. Nothing is promised about the order between partitions, and a channel's
 * memory reaches only as far as its {@linkplain io.laundrybridge.policy.Retention retention}. Thread-safe. A bridge
 * starts once and stops once.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final EventSource source;
    private final Channel channel;
    private final ChannelWriter writer;
    private final List<EventSink> sinks;
    private final List<AutoCloseable> owned;
    private final StateNews news;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Held while the bridge is connected to its source and sinks, or disconnected. */
    private final ReentrantLock connecting = new ReentrantLock();

    private BridgeState state = BridgeState.NEW;
    private String reason = "";
    private @Nullable Thread stopper;
    private @Nullable SourceReader reader; // guarded by connecting

    Bridge(
            EventSource source,
            Channel channel,
            ChannelWriter writer,
            List<EventSink> sinks,
            List<AutoCloseable> owned,
            List<BridgeListener> listeners) {
        this.source = source;
        this.channel = channel;
        this.writer = writer;
        this.sinks = sinks;
        this.owned = owned;
        this.news = new StateNews(this, listeners, channel.services().nanoTime());
    }

    /** Begins a bridge that reads {@code source}. Several bridges may read one source; it is read once for all. */
    public static BridgeBuilder from(EventSource source) {
        return new BridgeBuilder(source);
    }

    /** The channel's name. */
    public String name() {
        return channel.name();
    }

    /** Where the bridge is in its life. */
    public BridgeState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Why the bridge is waiting, stale or failed, in one sentence; else "". */
    public String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts reading and returns at once. A source that is not there is tried again until it is; use {@link #awaitLive}
     * to insist. Where a sink or the source fails at once, whatever has begun is stopped again.
     *
     * @throws BridgeException if it was started before
     */
    public void start() {
        lock.lock();
        try {
            if (state != BridgeState.NEW) {
                throw new BridgeException("bridge '" + name() + "' was started before and is " + state
                        + "; build a new one to start again");
            }
            state = BridgeState.STARTING;
            news.add(BridgeState.STARTING);
        } finally {
            lock.unlock();
        }
        news.tell();
        channel.listen(this::channelChanged);
        try {
            connect();
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    /** A stop that comes meanwhile waits, and ends it after the step under way. */
    private void connect() {
        connecting.lock();
        try {
            for (EventSink sink : sinks) {
                sink.attach(channel);
                if (over(state())) {
                    sink.detach(channel); // a stop within attach may have come too early for it
                    return;
                }
            }
            keep(source.open(new ReadRequest(name(), history(), channel.services()), writer));
        } finally {
            connecting.unlock();
        }
    }

    private Duration history() {
        return channel.policy().keepsState()
                ? ReadRequest.WHOLE
                : channel.policy().retention().age();
    }

    /**
     * Waits until the channel is live, or stale: it was live, and the source is away for the moment.
     *
     * @throws BridgeException if the bridge is not live within {@code longest}, or failed or was stopped; says why
     */
    public void awaitLive(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (state == BridgeState.NEW || state == BridgeState.STARTING) {
                if (left <= 0) {
                    throw new BridgeException(
                            "channel '" + name() + "' is not live after " + longest.toSeconds() + " s: "
                                    + (reason.isEmpty()
                                            ? "its source has not answered yet, or its history is still loading"
                                            : reason));
                }
                left = changed.awaitNanos(left);
            }
            if (state != BridgeState.LIVE && state != BridgeState.STALE) {
                throw new BridgeException("channel '" + name() + "' is " + state + ": " + reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BridgeException("interrupted while waiting for channel '" + name() + "'");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops: sessions are told that the channel is not there for now, or goodbye (close 1012) if it was the endpoint's last;
     * then the source is read no more, and no thread is left. To stop several channels of one endpoint, close the
     * {@linkplain io.laundrybridge.session.WebSocketSink#close sink} first. Waits up to about 10 s. Idempotent: a second
     * call waits for the first, unless it comes from a listener.
     */
    public void stop() {
        BridgeState before = beginStop();
        if (before == BridgeState.NEW) {
            disconnect();
        } else if (over(before)) {
            awaitStopped();
        } else {
            news.tell();
            try {
                disconnect();
            } finally {
                become(BridgeState.STOPPED, "", true);
            }
        }
    }

    /** The state before. */
    private BridgeState beginStop() {
        lock.lock();
        try {
            BridgeState before = state;
            if (!over(before)) {
                stopper = Thread.currentThread();
                state = before == BridgeState.NEW ? BridgeState.STOPPED : BridgeState.DRAINING;
                changed.signalAll();
                if (before != BridgeState.NEW) {
                    news.add(BridgeState.DRAINING);
                }
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        connecting.lock();
        try {
            sinks.forEach(sink -> close(() -> sink.detach(channel)));
            SourceReader open = reader;
            reader = null;
            if (open != null) {
                close(open);
            }
            close(writer::close);
            owned.forEach(Bridge::close);
        } finally {
            connecting.unlock();
        }
    }

    private void awaitStopped() {
        lock.lock();
        try {
            while (state != BridgeState.STOPPED && stopper != Thread.currentThread() && !news.isTelling()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("A part of a bridge did not close cleanly; the others are closed all the same", e);
        }
    }

    private void keep(SourceReader opened) {
        if (over(state())) {
            close(opened); // a stop within open came too early for it
        } else {
            reader = opened;
        }
    }

    /** On the source's thread. */
    private void channelChanged(Channel now) {
        ChannelState is = now.state();
        BridgeState next = is.failed()
                ? BridgeState.FAILED
                : !is.ready() ? BridgeState.STARTING : is.staleSince() != null ? BridgeState.STALE : BridgeState.LIVE;
        lock.lock();
        try {
            if (over(state) || (state == next && reason.equals(is.reason()))) {
                return;
            }
        } finally {
            lock.unlock();
        }
        become(next, is.reason(), is.passes());
    }

    private static boolean over(BridgeState state) {
        return state == BridgeState.DRAINING || state == BridgeState.STOPPED;
    }

    private void become(BridgeState next, String why, boolean passes) {
        lock.lock();
        try {
            if (over(state) && next != BridgeState.STOPPED) {
                return;
            }
            state = next;
            reason = why;
            news.add(next, why, passes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.tell();
    }
}
