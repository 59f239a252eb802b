package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster about one topic what would block the poll thread. It describes the topic every two seconds, and
 * asks for its ends then, or less often if there are very many partitions. It looks up other offsets on demand. Reports
 * to {@link TopicReports}. Its thread and client are those of the {@link ClusterWatcher}, which it shares with other
 * topics; confined to that thread unless said otherwise.
 */
final class TopicWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);

    /** An answer may come earlier than the one before it, counted from its question. */
    private static final Duration SLACK = LookupFailures.INTERVAL.dividedBy(2);

    private final KafkaSettings settings;
    private final HostServices services;
    private final TopicReports reports;
    private final LookupQuestion asked = new LookupQuestion();
    private final LookupFailures failures;

    private volatile @Nullable ClusterWatcher cluster;
    private CompletableFuture<Void> present = CompletableFuture.completedFuture(null);
    private long dueAt;
    private long endsDueAt;
    private int partitions;

    TopicWatcher(KafkaSettings settings, HostServices services, TopicReports reports) {
        this.settings = settings;
        this.services = services;
        this.reports = reports;
        this.failures = new LookupFailures(settings.topic());
        this.dueAt = services.nanoTime().getAsLong();
        this.endsDueAt = dueAt;
    }

    /** Begins to watch. Any thread. */
    void start() {
        cluster = ClusterWatchers.join(this, settings, services);
    }

    /**
     * Asks for the topic's offsets, and for the starts of {@code histories}. Joins a question that is still open. Any
     * thread.
     */
    void ask(Set<Duration> histories) {
        asked.ask(histories);
        ClusterWatcher joined = cluster;
        if (joined != null) {
            joined.wake();
        }
    }

    /** Ends watching. Waits, at most five seconds, if this was the last topic of its thread. Any thread. */
    void stop() throws InterruptedException {
        ClusterWatcher joined = cluster;
        cluster = null;
        if (joined != null) {
            ClusterWatchers.leave(this, joined);
        }
    }

    /** Returns how long nothing is to be asked; zero or less if something is. */
    long dueIn(long nanos) {
        if (!present.isDone()) {
            return LookupFailures.INTERVAL.toNanos();
        }
        return asked.isOpen() && !failures.areGoingOn() ? 0 : dueAt - nanos;
    }

    /** Returns how many partitions the topic had when it was last seen. */
    int partitions() {
        return partitions;
    }

    /**
     * Begins one check, whose end is a task of {@code lookup}.
     *
     * @param endsInterval the time between two questions for the ends of the partitions
     */
    void check(ClusterWatcher watcher, ClusterLookup lookup, Duration endsInterval) {
        Set<Duration> question = asked.take();
        dueAt = services.nanoTime().getAsLong() + LookupFailures.INTERVAL.toNanos();
        present = lookup.describe(settings.topic())
                .whenComplete((view, failure) -> watcher.heard(failure == null ? null : cause(failure)))
                .thenCompose(view -> seen(lookup, view, question, endsInterval))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        failures.over();
                    } else {
                        failed(watcher, question, cause(failure), lookup);
                    }
                });
    }

    /** Returns the failure without the wrappings of futures. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    private CompletableFuture<Void> seen(
            ClusterLookup lookup, TopicView view, @Nullable Set<Duration> question, Duration endsInterval) {
        partitions = view.partitions();
        reports.seen(view);
        OffsetLookup offsets = new OffsetLookup(lookup, settings.topic(), view);
        if (question != null) {
            return answer(lookup, offsets, question);
        }
        long now = services.nanoTime().getAsLong();
        if (asked.isOpen() || endsDueAt - now > 0) {
            return CompletableFuture.completedFuture(null);
        }
        endsDueAt = now + endsInterval.minus(SLACK).toNanos();
        return reportEnds(offsets);
    }

    private CompletableFuture<Void> answer(ClusterLookup lookup, OffsetLookup offsets, Set<Duration> question) {
        TopicView view = offsets.view();
        if (view.leaderless() > 0) {
            throw new IllegalStateException("Topic '" + settings.topic() + "' has partitions without leader");
        }
        return offsets.offsets(question, services.clock().instant())
                .thenCompose(found -> lookup.describe(settings.topic()).thenAccept(now -> {
                    if (!now.id().equals(view.id())) {
                        throw new IllegalStateException(
                                "Topic '" + settings.topic() + "' was made again while it was looked up");
                    }
                    reports.answered(found);
                }));
    }

    /** Reports the ends if they can be had. A failure here is no trouble in itself: other checks report its cause. */
    private CompletableFuture<Void> reportEnds(OffsetLookup offsets) {
        return offsets.ends().thenAccept(reports::ends).exceptionally(failure -> {
            LOG.debug("Cannot find the end of topic '{}'", settings.topic(), failure);
            return null;
        });
    }

    /** Counts a check that could not be begun because of {@code failure} of the cluster. */
    void failed(ClusterWatcher watcher, Throwable failure) {
        failed(watcher, asked.take(), failure, null);
    }

    private void failed(
            ClusterWatcher watcher,
            @Nullable Set<Duration> question,
            Throwable failure,
            @Nullable ClusterLookup lookup) {
        LOG.debug("Cannot look up topic '{}'", settings.topic(), failure);
        boolean somebodyWaits = question != null || asked.isOpen();
        StaleCause cause = LookupFailures.cause(settings.topic(), failure, somebodyWaits ? lookup : null);
        failures.failed(cause, failure, watcher.isTroubled());
        if (KafkaSettings.areWrong(failure)) {
            reports.refused(failure);
        } else if (cause.kind() == StaleCause.Kind.MISSING) {
            reports.missing();
        } else if (somebodyWaits) {
            reports.unanswered(cause);
        }
        Duration pause = question == null ? LookupFailures.INTERVAL : failures.nextPause();
        dueAt = services.nanoTime().getAsLong() + pause.toNanos();
        if (question != null) {
            asked.ask(question);
        }
    }
}
