package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** The watchers of this JVM, one per cluster, settings and host, from the first topic to the last. Thread-safe. */
final class ClusterWatchers {

    /** What topics must have in common to be watched together. */
    private record Common(
            Map<String, Object> properties, ThreadFactory threads, InstantSource clock, LongSupplier nanoTime) {}

    private static final Map<Common, ClusterWatcher> WATCHERS = new HashMap<>(); // guarded by the class

    private ClusterWatchers() {}

    /** Returns the watcher that watches {@code topic} from now on. */
    static synchronized ClusterWatcher join(TopicWatcher topic, KafkaSettings settings, HostServices services) {
        Common common = new Common(settings.given(), services.threads(), services.clock(), services.nanoTime());
        ClusterWatcher watcher = WATCHERS.get(common);
        if (watcher == null || watcher.hasEnded()) {
            watcher = new ClusterWatcher(settings, services);
            watcher.start();
            WATCHERS.put(common, watcher);
        }
        watcher.add(topic);
        return watcher;
    }

    /** Ends watching {@code topic}. Ends the watcher too, and waits for that, if it has no other. */
    static void leave(TopicWatcher topic, ClusterWatcher watcher) throws InterruptedException {
        if (left(topic, watcher)) {
            watcher.stop();
        }
    }

    private static synchronized boolean left(TopicWatcher topic, ClusterWatcher watcher) {
        boolean last = watcher.remove(topic);
        if (last) {
            WATCHERS.values().remove(watcher);
        }
        return last;
    }
}
