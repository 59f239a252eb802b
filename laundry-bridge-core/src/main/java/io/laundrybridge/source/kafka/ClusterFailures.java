package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which the cluster answers no look-up, from its first failure. Logs each kind of cause once, however many
 * topics are looked up, and decides which client is needed meanwhile. Confined to the watcher's thread.
 */
final class ClusterFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFailures.class);

    /** A failure after an answer in this time is one topic's own: others are asked about as often. */
    private static final Duration ANSWERS = LookupFailures.INTERVAL.plusSeconds(1);

    private final LongSupplier nanoTime;
    private final BootstrapProbe probe;
    private @Nullable Throwable last;
    private boolean hasAnswered;
    private long answeredAt;
    private long failingSince;
    private StaleCause.@Nullable Kind logged;

    ClusterFailures(String bootstrapServers, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.probe = new BootstrapProbe(bootstrapServers, nanoTime);
    }

    /** Returns whether {@code failure} is new, and no topic has had an answer lately. */
    boolean isNews(Throwable failure) {
        boolean answers = hasAnswered && nanoTime.getAsLong() - answeredAt < ANSWERS.toNanos();
        return failure != last && (last != null || !answers);
    }

    /** Counts a failure that concerns all {@code topics}, and logs it if its kind is new. */
    void failed(StaleCause cause, Throwable failure, int topics) {
        if (last == null) {
            failingSince = nanoTime.getAsLong();
        }
        last = failure;
        if (cause.kind() != logged) {
            logged = cause.kind();
            LOG.warn(
                    "{} ({}; {})",
                    cause.sentence(),
                    topics == 1 ? "1 topic waits" : topics + " topics wait",
                    ClientErrors.inWords(failure));
        }
    }

    /** Returns the last failure; null if the cluster answers, or was not asked yet. */
    @Nullable Throwable last() {
        return last;
    }

    /**
     * Returns what to do with a client. May try to connect, for up to a second per address.
     *
     * @param isOpen whether there is one
     */
    ClientAdvice advice(boolean isOpen) {
        if (last == null) {
            return ClientAdvice.KEEP;
        }
        return probe.advice(Duration.ofNanos(nanoTime.getAsLong() - failingSince), isOpen);
    }

    /** Forgets the failures: the cluster has answered. */
    void over() {
        hasAnswered = true;
        answeredAt = nanoTime.getAsLong();
        if (logged != null) {
            LOG.info("Kafka answers again");
        }
        if (last != null) {
            probe.reset();
        }
        logged = null;
        last = null;
    }
}
