package io.laundrybridge;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the changes of bridges. The first change of a kind is logged at once. If more channels change in the same way
 * within a second, one line tells of all of them after it. Such changes have the same state and the same reason, apart
 * from names and numbers. Thread-safe.
 */
final class StateLog {
    /** The changes of all bridges of this JVM. */
    static final StateLog ALL = new StateLog(LoggerFactory.getLogger("io.laundrybridge.Bridge"), System::nanoTime);

    private static final Duration GATHERED = Duration.ofSeconds(1);
    private static final int NAMED = 5;

    /** What differs between reasons of one kind: names and numbers. */
    private static final Pattern OWN = Pattern.compile("'[^']*'|\\d+");

    /** What changes that share a line have in common. */
    private record Kind(BridgeState state, boolean passes, String reason) {
        static Kind of(StateNews.Change change) {
            return new Kind(
                    change.state(),
                    change.passes(),
                    OWN.matcher(change.reason()).replaceAll("?"));
        }
    }

    /** Changes of several channels that are alike. Confined to one thread at a time. */
    private static final class Gathered {
        private final StateNews.Change first;
        private final List<String> named = new ArrayList<>();
        private int channels;
        private boolean sameReason = true;

        /** Gathers changes like {@code first}. */
        Gathered(StateNews.Change first) {
            this.first = first;
        }

        void add(String channel, StateNews.Change change) {
            channels++;
            sameReason &= change.reason().equals(first.reason());
            if (named.size() < NAMED) {
                named.add("'" + channel + "'");
            }
        }

        void writeTo(Logger log) {
            String because = sameReason ? ": " : "; one reason: ";
            if (channels == 1) {
                write(log, "Channel " + named.get(0) + " is ", because, first);
            } else {
                int more = channels - named.size();
                String others = more == 0 ? "" : " and " + more + " others";
                write(
                        log,
                        channels + " more channels (" + String.join(", ", named) + others + ") are ",
                        because,
                        first);
            }
        }
    }

    private final Logger log;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final Map<Kind, Long> loggedAt = new HashMap<>();
    private final Map<Kind, Gathered> gathered = new LinkedHashMap<>();
    private boolean gathers;

    StateLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /**
     * Logs that {@code channel} has changed.
     *
     * @param services lend a thread for a second, if the change is gathered
     */
    void changed(String channel, StateNews.Change change, HostServices services) {
        if (isGathered(change) && gather(channel, change, services)) {
            return;
        }
        logGathered();
        log(log, channel, change);
    }

    /** Returns whether the source has changed the state, and not a call of the bridge's methods. */
    private static boolean isGathered(StateNews.Change change) {
        return switch (change.state()) {
            case STARTING -> !change.reason().isEmpty();
            case LIVE, STALE, FAILED -> true;
            case NEW, DRAINING, STOPPED -> false;
        };
    }

    /** Returns false if the change is to be logged at once: it is the first, or no thread is lent to gather more. */
    private synchronized boolean gather(String channel, StateNews.Change change, HostServices services) {
        long now = nanoTime.getAsLong();
        loggedAt.values().removeIf(at -> now - at >= GATHERED.toNanos());
        Kind kind = Kind.of(change);
        if (loggedAt.putIfAbsent(kind, now) == null || !hasThread(services)) {
            return false;
        }
        gathered.computeIfAbsent(kind, unknown -> new Gathered(change)).add(channel, change);
        return true;
    }

    private boolean hasThread(HostServices services) {
        if (!gathers) {
            try {
                services.thread("log", this::waitAndLog).start();
                gathers = true;
            } catch (RuntimeException | OutOfMemoryError noThread) {
                log.debug("No thread to gather changes of bridges", noThread);
            }
        }
        return gathers;
    }

    private void waitAndLog() {
        try {
            awaitMore();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            logGathered();
        }
    }

    private synchronized void awaitMore() throws InterruptedException {
        long end = System.nanoTime() + GATHERED.toNanos();
        long left = GATHERED.toNanos();
        while (gathers && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /** Logs what was gathered. The thread that gathers ends. */
    private void logGathered() {
        take().forEach(each -> each.writeTo(log));
    }

    private synchronized List<Gathered> take() {
        long now = nanoTime.getAsLong();
        List<Gathered> all = new ArrayList<>(gathered.values());
        gathered.keySet().forEach(kind -> loggedAt.put(kind, now));
        gathered.clear();
        gathers = false;
        notifyAll();
        return all;
    }

    /** Logs an error if the channel gave up, and a warning if an operator has to act. */
    static void log(Logger log, String channel, StateNews.Change change) {
        write(log, "Channel '" + channel + "' is ", ": ", change);
    }

    private static void write(Logger log, String subject, String because, StateNews.Change change) {
        String reason = change.reason();
        String line = subject + change.state() + (reason.isEmpty() ? "" : because + reason);
        if (change.state() == BridgeState.FAILED) {
            log.error(line);
        } else if (reason.isEmpty() || change.passes()) {
            log.info(line);
        } else {
            log.warn(line);
        }
    }
}
