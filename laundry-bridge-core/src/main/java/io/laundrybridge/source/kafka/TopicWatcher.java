package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster what would block the poll thread. It describes the topic every two seconds, and looks up the offsets
 * of its partitions on demand. Has a thread and a client of its own; reports to {@link TopicReports}.
 */
final class TopicWatcher implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Kafka's admin client may take that long while its classes are being loaded. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final HostServices services;
    private final TopicReports reports;
    private final LookupQuestion asked;
    private final LookupFailures failures;
    private final Thread thread;

    private @Nullable TopicLookup lookup; // confined to the watcher's thread

    TopicWatcher(KafkaSettings settings, HostServices services, TopicReports reports) {
        this.settings = settings;
        this.services = services;
        this.reports = reports;
        this.asked = new LookupQuestion(services.nanoTime());
        this.failures = new LookupFailures(settings, services.nanoTime());
        this.thread = services.thread(settings.topic() + "-watch", this);
    }

    void start() {
        thread.start();
    }

    /** Asks for the topic's offsets, and for the starts of {@code histories}. Joins a question that is still open. */
    void ask(Set<Duration> histories) {
        asked.ask(histories);
    }

    /** Ends the thread and its client, and waits for that, at most five seconds. */
    void stop() throws InterruptedException {
        asked.stop();
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            while (!asked.isStopped()) {
                Duration rest = round();
                asked.rest(rest, failures.areGoingOn());
            }
        } catch (InterruptedException e) {
            LOG.debug("The watcher of topic '{}' was interrupted", settings.topic());
        } finally {
            closeLookup();
        }
    }

    /**
     * Makes one check.
     *
     * @return the pause after it
     */
    private Duration round() throws InterruptedException {
        Set<Duration> question = asked.take();
        try {
            check(question);
            failures.over();
            return INTERVAL;
        } catch (ExecutionException e) {
            failed(question, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            failed(question, e);
        }
        return question == null ? INTERVAL : failures.nextPause();
    }

    private void check(@Nullable Set<Duration> question)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicLookup cluster = lookup();
        TopicView view = cluster.describe();
        reports.seen(view);
        if (question == null) {
            if (!asked.isOpen()) {
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

    /** Reports the ends if they can be had. A failure here is no trouble in itself: other checks report its cause. */
    private void reportEnds(TopicLookup cluster, TopicView view) throws InterruptedException {
        try {
            reports.ends(cluster.ends(view));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Cannot find the end of topic '{}'", settings.topic(), e);
        }
    }

    private void failed(@Nullable Set<Duration> question, Throwable failure) {
        LOG.debug("Cannot look up topic '{}'", settings.topic(), failure);
        StaleCause cause = failures.cause(failure, lookup);
        if (failures.wantNewClient()) {
            closeLookup();
        }
        if (KafkaSettings.areWrong(failure)) {
            reports.refused(failure);
        } else {
            report(cause, failure, question != null || asked.isOpen());
        }
        if (question != null) {
            ask(question);
        }
    }

    private void report(StaleCause cause, Throwable failure, boolean somebodyWaits) {
        failures.logOnce(cause, failure);
        if (cause.kind() == StaleCause.Kind.MISSING) {
            reports.missing();
        } else if (somebodyWaits) {
            reports.unanswered(cause);
        }
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
