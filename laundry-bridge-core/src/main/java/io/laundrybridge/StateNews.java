package io.laundrybridge;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of a bridge's states, each once and in the order they came to be, whatever threads they came on; no lock
 * is held meanwhile. News are added under the bridge's lock.
 */
final class StateNews {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private record Change(BridgeState state, String reason) {}

    private final Bridge bridge;
    private final List<BridgeListener> listeners;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger();

    StateNews(Bridge bridge, List<BridgeListener> listeners) {
        this.bridge = bridge;
        this.listeners = listeners;
    }

    void add(BridgeState state, String reason) {
        changes.add(new Change(state, reason));
    }

    /** Tells what was added. Where another thread is telling, it tells this too. */
    void tell() {
        if (untold.getAndIncrement() != 0) {
            return;
        }
        do {
            for (Change change = changes.poll(); change != null; change = changes.poll()) {
                tell(change);
            }
        } while (untold.decrementAndGet() != 0);
    }

    private void tell(Change change) {
        LOG.info(
                "Channel '{}' is {}{}",
                bridge.name(),
                change.state(),
                change.reason().isEmpty() ? "" : ": " + change.reason());
        for (BridgeListener listener : listeners) {
            try {
                listener.changed(bridge, change.state(), change.reason());
            } catch (RuntimeException e) {
                LOG.warn("A listener of bridge '{}' threw", bridge.name(), e);
            }
        }
    }
}
