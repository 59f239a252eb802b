package io.laundrybridge;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of a bridge's states, each once and in the order they came to be, whatever threads they came on; no lock
 * is held meanwhile. News are added under the bridge's lock.
 */
final class StateNews {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private record Change(BridgeState state, String reason, boolean passes) {}

    private final Bridge bridge;
    private final List<BridgeListener> listeners;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger();
    private final RateLimitedLog failures;
    private volatile @Nullable Thread teller;

    StateNews(Bridge bridge, List<BridgeListener> listeners, LongSupplier nanoTime) {
        this.bridge = bridge;
        this.listeners = listeners;
        this.failures = new RateLimitedLog(LOG, nanoTime);
    }

    void add(BridgeState state) {
        add(state, "", true);
    }

    /** Adds a change; {@code passes} where its reason usually passes by itself. */
    void add(BridgeState state, String reason, boolean passes) {
        changes.add(new Change(state, reason, passes));
    }

    /** Tells what was added. Where another thread is telling, it tells this too. */
    void tell() {
        if (untold.getAndIncrement() != 0) {
            return;
        }
        do {
            teller = Thread.currentThread();
            for (Change change = changes.poll(); change != null; change = changes.poll()) {
                tell(change);
            }
            teller = null;
        } while (untold.decrementAndGet() != 0);
    }

    /** Whether this thread is in the call of a listener. */
    boolean isTelling() {
        return teller == Thread.currentThread();
    }

    /** One line a change: an error where the channel gave up, a warning where an operator has to do something. */
    static void log(Logger log, String channel, BridgeState state, String reason, boolean passes) {
        String line = "Channel '" + channel + "' is " + state + (reason.isEmpty() ? "" : ": " + reason);
        if (state == BridgeState.FAILED) {
            log.error(line);
        } else if (reason.isEmpty() || passes) {
            log.info(line);
        } else {
            log.warn(line);
        }
    }

    private void tell(Change change) {
        log(LOG, bridge.name(), change.state(), change.reason(), change.passes());
        for (BridgeListener listener : listeners) {
            try {
                listener.changed(bridge, change.state(), change.reason());
            } catch (Throwable e) {
                failures.warn("A listener of bridge '" + bridge.name() + "' threw", e);
            }
        }
    }
}
