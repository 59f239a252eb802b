package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.WARM_UP;

import io.laundrybridge.channel.ChannelPhase;
import io.laundrybridge.link.Link;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of a bridge, its changes in order, and the threads that wait for a change. Thread-safe. */
final class BridgeLife {
    private static final String WARMS_UP = "the node warms up, for " + WARM_UP + " at the longest";

    private final String channel;
    private final InstantSource clock;
    private final StateNews news;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private BridgeState state = BridgeState.NEW;
    private String reason = "";
    private Instant since;
    private @Nullable Thread stopper;

    /** Makes the life of the bridge of {@code channel}, whose changes go to {@code receiver}. */
    BridgeLife(String channel, InstantSource clock, Consumer<StateNews.Change> receiver) {
        this.channel = channel;
        this.clock = clock;
        this.since = clock.instant();
        this.news = new StateNews(receiver);
    }

    BridgeState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the status on a node that warms up, or not. */
    ChannelStatus status(boolean warmingUp) {
        lock.lock();
        try {
            boolean waits = warmingUp && state == BridgeState.LIVE;
            return new ChannelStatus(channel, state, waits ? WARMS_UP : reason, since, warmingUp);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the bridge stops, or has stopped. */
    boolean isOver() {
        return isOver(state());
    }

    private static boolean isOver(BridgeState state) {
        return state == BridgeState.DRAINING || state == BridgeState.STOPPED;
    }

    void start() {
        lock.lock();
        try {
            if (state != BridgeState.NEW) {
                throw new BridgeException("channel '" + channel + "' was started before and is " + state
                        + "; build a new one to start again");
            }
            become(BridgeState.STARTING, "", true);
        } finally {
            lock.unlock();
        }
        news.tell();
    }

    /** Follows the channel's {@code present} state, asked for in the order of its changes. On the source's thread. */
    void follow(Supplier<Link.Condition> present) {
        lock.lock();
        try {
            Link.Condition now = present.get();
            BridgeState next = stateIn(now.phase());
            if (isOver(state) || (state == next && reason.equals(now.reason()))) {
                return;
            }
            become(next, now.reason(), now.passes());
        } finally {
            lock.unlock();
        }
        news.tell();
    }

    private static BridgeState stateIn(ChannelPhase phase) {
        return switch (phase) {
            case LOADING -> BridgeState.STARTING;
            case LIVE -> BridgeState.LIVE;
            case STALE -> BridgeState.STALE;
            case FAILED -> BridgeState.FAILED;
        };
    }

    void awaitLive(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (state == BridgeState.NEW || state == BridgeState.STARTING) {
                if (left <= 0) {
                    throw new BridgeException("channel '" + channel + "' is not live after " + longest.toSeconds()
                            + " s: " + whyNotLive());
                }
                left = changed.awaitNanos(left);
            }
            if (state != BridgeState.LIVE && state != BridgeState.STALE) {
                throw new BridgeException("channel '" + channel + "' is " + state + ": " + reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BridgeException("interrupted while waiting for channel '" + channel + "'");
        } finally {
            lock.unlock();
        }
    }

    private String whyNotLive() {
        return reason.isEmpty() ? "its source has not answered yet, or its history is still loading" : reason;
    }

    /**
     * Begins to stop, unless the bridge never started, or a stop is under way or over.
     *
     * @return the state before
     */
    BridgeState beginStop() {
        lock.lock();
        try {
            BridgeState before = state;
            if (before == BridgeState.NEW) {
                change(BridgeState.STOPPED, reason);
            } else if (!isOver(before)) {
                stopper = Thread.currentThread();
                become(BridgeState.DRAINING, "", true);
            }
            changed.signalAll();
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Reports the stop that has begun. */
    void tellStop() {
        news.tell();
    }

    void endStop() {
        lock.lock();
        try {
            become(BridgeState.STOPPED, "", true);
        } finally {
            lock.unlock();
        }
        news.tell();
    }

    /** Waits until the stop that another thread began has ended. Returns at once within a call of a listener. */
    void awaitStopped() {
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

    /** Changes the state. Under the lock. */
    private void become(BridgeState next, String why, boolean passes) {
        change(next, why);
        news.add(new StateNews.Change(next, why, passes));
        changed.signalAll();
    }

    private void change(BridgeState next, String why) {
        if (state != next) {
            since = clock.instant();
        }
        state = next;
        reason = why;
    }
}
