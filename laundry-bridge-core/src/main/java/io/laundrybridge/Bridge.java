package io.laundrybridge;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.channel.EventSink;
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
 * memory reaches only as far as its {@linkplain io.laundrybridge.channel.log.Retention retention}. Thread-safe. A bridge
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
    private BridgeState state = BridgeState.NEW;
    private String reason = "";
    private @Nullable SourceReader reader;

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
     * to insist.
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
            news.add(BridgeState.STARTING, "");
        } finally {
            lock.unlock();
        }
        news.tell();
        channel.listen(this::channelChanged);
        try {
            sinks.forEach(sink -> sink.attach(channel));
            keep(source.open(new ReadRequest(name(), history(), channel.services()), writer));
        } catch (RuntimeException e) {
            stop();
            throw e;
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
     * Stops: the source is read no more, sessions are told goodbye (close 1012 once an endpoint's last channel stops),
     * and no thread is left. Waits up to about 10 s. Idempotent.
     */
    public void stop() {
        SourceReader open;
        lock.lock();
        try {
            if (state == BridgeState.DRAINING || state == BridgeState.STOPPED) {
                return;
            }
            boolean never = state == BridgeState.NEW;
            state = never ? BridgeState.STOPPED : BridgeState.DRAINING;
            open = reader;
            reader = null;
            changed.signalAll();
            if (never) {
                return;
            }
            news.add(BridgeState.DRAINING, "");
        } finally {
            lock.unlock();
        }
        news.tell();
        if (open != null) {
            open.close();
        }
        sinks.forEach(sink -> sink.detach(channel));
        writer.close();
        owned.forEach(Bridge::close);
        become(BridgeState.STOPPED, "");
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
            LOG.warn("A part of a bridge did not close cleanly", e);
        }
    }

    private void keep(SourceReader opened) {
        boolean stopped;
        lock.lock();
        try {
            stopped = over(state);
            reader = stopped ? null : opened;
        } finally {
            lock.unlock();
        }
        if (stopped) {
            opened.close();
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
        become(next, is.reason());
    }

    private static boolean over(BridgeState state) {
        return state == BridgeState.DRAINING || state == BridgeState.STOPPED;
    }

    private void become(BridgeState next, String why) {
        lock.lock();
        try {
            if (over(state) && next != BridgeState.STOPPED) {
                return;
            }
            state = next;
            reason = why;
            news.add(next, why);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.tell();
    }
}
