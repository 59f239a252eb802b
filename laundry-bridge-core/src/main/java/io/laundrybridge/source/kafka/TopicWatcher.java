package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster what would block the poll thread: every two seconds what the topic looks like, and on demand where
 * its partitions begin and end. Has a thread and a client of its own; reports to {@link TopicReports}.
 */
final class TopicWatcher implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(1500);

    private final KafkaSettings settings;
    private final HostServices services;
    private final TopicReports reports;
    private final Thread thread;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    // Guarded by this.
    private final Set<Duration> asked = new HashSet<>();
    private boolean open;
    private boolean stopped;

    // Confined to the watcher's thread.
    private @Nullable TopicLookup lookup;
    private boolean failing;

    TopicWatcher(KafkaSettings settings, HostServices services, TopicReports reports) {
        this.settings = settings;
        this.services = services;
        this.reports = reports;
        this.thread = services.thread(settings.topic() + "-watch", this);
    }

    void start() {
        thread.start();
    }

    /** Asks for the topic's offsets, and for the starts of {@code histories}; joins a question that is still open. */
    synchronized void ask(Set<Duration> histories) {
        asked.addAll(histories);
        open = true;
        notifyAll();
    }

    /** Ends the thread and its client; waits for that a second and a half at most. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
        }
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            while (!isStopped()) {
                rest(round());
            }
        } catch (InterruptedException e) {
            LOG.debug("The watcher of topic '{}' was interrupted", settings.topic());
        } finally {
            closeLookup();
        }
    }

    /** One check; how long to rest after it. */
    private Duration round() throws InterruptedException {
        Set<Duration> question = question();
        try {
            check(question);
            failing = false;
            backoff.reset();
            return INTERVAL;
        } catch (ExecutionException e) {
            failed(question, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            failed(question, e);
        }
        return question == null ? INTERVAL : backoff.next();
    }

    private void check(@Nullable Set<Duration> question)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicLookup cluster = lookup();
        TopicView view = cluster.describe();
        reports.seen(view);
        if (question == null) {
            if (!somebodyWaits()) {
                reportEnds(cluster, view);
            }
            return;
        }
        if (view.leaderless() > 0) {
            throw new IllegalStateException("Topic '" + settings.topic() + "' has partitions without leader");
        }
        TopicOffsets offsets = cluster.offsets(view, question, services.clock().instant());
        if (!cluster.describe().id().equals(view.id())) {
            throw new IllegalStateException("Topic '" + settings.topic() + "' was made again while it was looked up");
        }
        reports.answered(offsets);
    }

    /** Not knowing them is no trouble in itself: what keeps us from asking is told by others. */
    private void reportEnds(TopicLookup cluster, TopicView view) throws InterruptedException {
        try {
            reports.ends(cluster.ends(view));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Cannot tell how far topic '{}' reaches", settings.topic(), e);
        }
    }

    private void failed(@Nullable Set<Duration> question, Throwable failure) {
        LOG.debug("Cannot look up topic '{}'", settings.topic(), failure);
        failing = true;
        if (KafkaSettings.areWrong(failure)) {
            reports.refused(failure);
        } else if (failure instanceof UnknownTopicOrPartitionException) {
            reports.missing();
        } else if (question != null || somebodyWaits()) {
            reports.unanswered(StaleCause.of(settings.topic(), failure));
        }
        if (question != null) {
            ask(question);
        }
    }

    private synchronized @Nullable Set<Duration> question() {
        if (!open) {
            return null;
        }
        Set<Duration> question = Set.copyOf(asked);
        asked.clear();
        open = false;
        return question;
    }

    /** Rests, but no longer than until somebody asks; after a failure the whole time. */
    private synchronized void rest(Duration pause) throws InterruptedException {
        long end = services.nanoTime().getAsLong() + pause.toNanos();
        for (long left = pause.toNanos();
                left > 0;
                left = end - services.nanoTime().getAsLong()) {
            if (stopped || (open && !failing)) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    /** A question that came while the round was under way waits for the cluster as well. */
    private synchronized boolean somebodyWaits() {
        return open;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private TopicLookup lookup() {
        if (lookup == null) {
            lookup = new TopicLookup(settings);
        }
        return lookup;
    }

    private void closeLookup() {
        if (lookup != null) {
            lookup.close();
        }
    }
}
