package io.laundrybridge;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a bridge's changes, one line per change, and hands them to its listeners. */
final class BridgeListeners {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.Bridge");

    private final String channel;
    private final List<Consumer<StateNews.Change>> listeners;
    private final RateLimitedLog failures;

    BridgeListeners(String channel, List<Consumer<StateNews.Change>> listeners, LongSupplier nanoTime) {
        this.channel = channel;
        this.listeners = listeners;
        this.failures = new RateLimitedLog(LOG, nanoTime);
    }

    void changed(StateNews.Change change) {
        log(LOG, channel, change);
        for (Consumer<StateNews.Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (Throwable e) {
                failures.warn("A listener of channel '" + channel + "' threw", e);
            }
        }
    }

    /** Logs an error if the channel gave up, and a warning if an operator has to act. */
    static void log(Logger log, String channel, StateNews.Change change) {
        String reason = change.reason();
        String line = "Channel '" + channel + "' is " + change.state() + (reason.isEmpty() ? "" : ": " + reason);
        if (change.state() == BridgeState.FAILED) {
            log.error(line);
        } else if (reason.isEmpty() || change.passes()) {
            log.info(line);
        } else {
            log.warn(line);
        }
    }
}
