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

    /** Kafka's admin client may take that long where its classes are still being loaded. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final HostServices services;
    private final TopicReports reports;
    private final BootstrapProbe probe;
    private final Thread thread;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    // Guarded by this.
    private final Set<Duration> asked = new HashSet<>();
    private boolean open;
    private boolean stopped;

    // Confined to the watcher's thread.
    private @Nullable TopicLookup lookup;
    private boolean failing;
    private long failingSince;
    private StaleCause.@Nullable Kind told;

    TopicWatcher(KafkaSettings settings, HostServices services, TopicReports reports) {
        this.settings = settings;
        this.services = services;
        this.reports = reports;
        this.probe = new BootstrapProbe(settings.bootstrapServers());
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

    /** Ends the thread and its client; waits for that five seconds at most. */
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
            answered();
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
        StaleCause cause = cause(failure);
        renewClient();
        if (KafkaSettings.areWrong(failure)) {
            reports.refused(failure);
        } else {
            report(cause, failure, question != null || somebodyWaits());
        }
        if (question != null) {
            ask(question);
        }
    }

    private void report(StaleCause cause, Throwable failure, boolean somebodyWaits) {
        logOnce(cause, failure);
        if (cause.kind() == StaleCause.Kind.MISSING) {
            reports.missing();
        } else if (somebodyWaits) {
            reports.unanswered(cause);
        }
    }

    private void answered() {
        if (told != null) {
            LOG.info("Kafka answers about topic '{}'", settings.topic());
        }
        told = null;
        failing = false;
        backoff.reset();
        probe.reset();
    }

    /** Where Kafka's client knows nothing but that no answer came, its connections may tell more. */
    private StaleCause cause(Throwable failure) {
        StaleCause cause = failure instanceof UnknownTopicOrPartitionException
                ? StaleCause.missing(settings.topic())
                : StaleCause.of(settings.topic(), failure);
        TopicLookup open = lookup;
        if (open == null || cause.kind() != StaleCause.Kind.UNREACHABLE) {
            return cause;
        }
        return open.unanswered().orElse(cause);
    }

    /** The operator reads here what pages are not told: names, addresses, Kafka's own words. */
    private void logOnce(StaleCause cause, Throwable failure) {
        if (cause.kind() != told) {
            told = cause.kind();
            LOG.warn("{} (topic '{}'; {})", cause.sentence(), settings.topic(), ClientErrors.inWords(failure));
        }
    }

    /** A client that knows only brokers that are gone does not look where it began: a new one does. */
    private void renewClient() {
        long now = services.nanoTime().getAsLong();
        if (!failing) {
            failing = true;
            failingSince = now;
        } else if (probe.wantsNewClient(Duration.ofNanos(now - failingSince))) {
            failingSince = now;
            closeLookup();
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
        TopicLookup open = lookup;
        lookup = null;
        if (open != null) {
            open.close();
        }
    }
}
