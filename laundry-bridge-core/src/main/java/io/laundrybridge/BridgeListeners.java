package io.laundrybridge;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.logging.RateLimitedLog;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a bridge's changes, and hands them to its listeners. */
final class BridgeListeners {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.Bridge");

    private final String channel;
    private final List<Consumer<StateNews.Change>> listeners;
    private final HostServices services;
    private final RateLimitedLog failures;

    BridgeListeners(String channel, List<Consumer<StateNews.Change>> listeners, HostServices services) {
        this.channel = channel;
        this.listeners = listeners;
        this.services = services;
        this.failures = new RateLimitedLog(LOG, services.nanoTime());
    }

    void changed(StateNews.Change change) {
        StateLog.ALL.changed(channel, change, services);
        for (Consumer<StateNews.Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (Throwable e) {
                failures.warn("A listener of channel '" + channel + "' threw", e);
            }
        }
    }
}
