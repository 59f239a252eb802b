package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one cluster about all topics that are read with equal settings, by one thread and one client. Topics that are
 * due at about the same time are asked about together; the trouble of one holds up no other. While nothing listens at
 * the cluster's addresses, there is no client.
 */
final class ClusterWatcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatcher.class);

    /** A topic that is due so soon is checked with those that are due now. */
    private static final Duration TOGETHER = LookupFailures.INTERVAL.dividedBy(2);

    /** The number of partitions whose ends may be asked for every two seconds. */
    private static final int PARTITIONS = 500;

    /** How much less often the ends of very many partitions are asked for. */
    private static final int MOST_PAUSES = 3;

    /** Kafka's admin client may take that long while its classes are being loaded. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final LongSupplier nanoTime;
    private final Set<TopicWatcher> topics = ConcurrentHashMap.newKeySet();
    private final ClusterFailures failures;
    private final Thread thread;
    private final Semaphore woken = new Semaphore(0);

    private volatile boolean stopped;
    private volatile boolean ended;
    private volatile @Nullable ClusterLookup lookup; // made and closed by the thread only

    ClusterWatcher(KafkaSettings settings, HostServices services) {
        this.settings = settings;
        this.nanoTime = services.nanoTime();
        this.failures = new ClusterFailures(settings.bootstrapServers(), nanoTime);
        this.thread = services.thread("watch", this);
    }

    void start() {
        thread.start();
    }

    /** Watches {@code topic} too. Any thread. */
    void add(TopicWatcher topic) {
        topics.add(topic);
        wake();
    }

    /**
     * Watches {@code topic} no more. Any thread.
     *
     * @return whether no topic is left
     */
    boolean remove(TopicWatcher topic) {
        topics.remove(topic);
        return topics.isEmpty();
    }

    /** Has the topics asked whether something is due. Any thread. */
    void wake() {
        woken.release();
        ClusterLookup open = lookup;
        if (open != null) {
            open.wake();
        }
    }

    /** Ends the thread and its client, and waits for that, at most five seconds. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", thread.getName());
        } finally {
            ended = true;
            closeLookup();
        }
    }

    /** Returns whether the thread has ended, perhaps by an interrupt. Any thread. */
    boolean hasEnded() {
        return ended;
    }

    private void turn() throws InterruptedException {
        long now = nanoTime.getAsLong();
        if (topics.stream().anyMatch(topic -> topic.dueIn(now) <= 0)) {
            check(topics.stream()
                    .filter(topic -> topic.dueIn(now) <= TOGETHER.toNanos())
                    .toList());
        }
        long then = nanoTime.getAsLong();
        long rest =
                topics.stream().mapToLong(topic -> topic.dueIn(then)).min().orElse(LookupFailures.INTERVAL.toNanos());
        rest(Duration.ofNanos(rest));
    }

    private void check(List<TopicWatcher> due) {
        try {
            ClusterLookup open = lookup();
            Throwable away = failures.last();
            Duration interval = endsInterval(
                    topics.stream().mapToInt(TopicWatcher::partitions).sum());
            due.forEach(topic -> {
                if (open != null) {
                    topic.check(this, open, interval);
                } else if (away != null) {
                    topic.failed(this, away);
                }
            });
        } catch (RuntimeException e) {
            heard(e);
            due.forEach(topic -> topic.failed(this, e));
        }
    }

    /** Returns the client, and makes it if there is none; null while none is needed. */
    private @Nullable ClusterLookup lookup() {
        ClientAdvice advice = failures.advice(lookup != null);
        if (advice != ClientAdvice.KEEP) {
            closeLookup();
        }
        if (lookup == null && advice != ClientAdvice.CLOSE) {
            lookup = new ClusterLookup(settings.admin(), nanoTime);
        }
        return lookup;
    }

    /** Notes that the cluster has answered, or why not. What it says about a topic is an answer too. */
    void heard(@Nullable Throwable failure) {
        if (failure == null || LookupFailures.isAnswer(failure)) {
            failures.over();
        } else if (failures.isNews(failure)) {
            failures.failed(LookupFailures.cause(settings.topic(), failure, lookup), failure, topics.size());
        }
    }

    /** Returns the time between two questions for a topic's ends: longer, the more partitions all topics have. */
    static Duration endsInterval(int partitions) {
        return LookupFailures.INTERVAL.multipliedBy(Math.max(1, Math.min(MOST_PAUSES, partitions / PARTITIONS)));
    }

    /** Returns whether the cluster answers about no topic. */
    boolean isTroubled() {
        return failures.last() != null;
    }

    /** Waits until a topic is due, at most for {@code longest}. */
    private void rest(Duration longest) throws InterruptedException {
        ClusterLookup open = lookup;
        if (open != null) {
            open.turn(longest);
        } else if (!woken.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        woken.drainPermits();
    }

    private void closeLookup() {
        ClusterLookup open = lookup;
        lookup = null;
        if (open != null) {
            open.close();
        }
    }
}
