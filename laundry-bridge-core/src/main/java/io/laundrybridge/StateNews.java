package io.laundrybridge;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a bridge's changes to a receiver, each once and in order, whichever threads they happen on. The receiver is
 * called without a lock. Changes are added under the bridge's lock.
 */
final class StateNews {

    /** A new state; {@code passes} if its reason usually passes by itself. */
    record Change(BridgeState state, String reason, boolean passes) {}

    private final Consumer<Change> receiver;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger();
    private volatile @Nullable Thread teller;

    /** Makes news for {@code receiver}, which must not throw. */
    StateNews(Consumer<Change> receiver) {
        this.receiver = receiver;
    }

    void add(Change change) {
        changes.add(change);
    }

    /** Passes on what was added. If another thread is passing on, that thread passes this on too. */
    void tell() {
        if (untold.getAndIncrement() != 0) {
            return;
        }
        do {
            teller = Thread.currentThread();
            for (Change change = changes.poll(); change != null; change = changes.poll()) {
                receiver.accept(change);
            }
            teller = null;
        } while (untold.decrementAndGet() != 0);
    }

    /** Returns whether this thread is in a call of the receiver. */
    boolean isTelling() {
        return teller == Thread.currentThread();
    }
}
