package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic that is read for its handlers, and the way to the thread that reads it at present. It lives as long as it
 * has handlers. Thread-safe; {@link #reading} belongs to that thread.
 */
final class TopicReader {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final HostServices services;
    private final KafkaSettings settings;
    private final KafkaDeadLetters deadLetters;
    private final TopicReading reading;
    private final TopicWatcher watcher;
    private final Residence residence = new Residence();
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean isAway;

    // Guarded by this.
    private @Nullable ReadingThread thread;
    private int attaching;
    private boolean ended;

    /** Makes a reader for {@code first}; it reads once a thread has adopted it. */
    TopicReader(
            KafkaSettings settings,
            HostServices services,
            SeenEpochs epochs,
            KafkaDeadLetters deadLetters,
            Attachment first) {
        this.services = services;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.reading = new TopicReading(settings, epochs, services.nanoTime());
        this.watcher = new TopicWatcher(settings, services, new PostedReports(this::post, reading));
        reading.attachments().add(first);
    }

    /** Begins to watch the topic. */
    void start() {
        deadLetters.open(services);
        try {
            watcher.start();
        } catch (RuntimeException | Error noThread) {
            closeHelpers();
            throw noThread;
        }
    }

    KafkaSettings settings() {
        return settings;
    }

    HostServices services() {
        return services;
    }

    String topic() {
        return settings.topic();
    }

    /** Returns the state of the reading. Poll thread. */
    TopicReading reading() {
        return reading;
    }

    /** Returns who decides whether this topic shares a thread. Poll thread. */
    Residence residence() {
        return residence;
    }

    /** Notes that this topic has left the reader that it shares. The thread that has read it, or its guard. */
    void left() {
        isAway = true;
        residence.left();
        services.telemetry().add(Meter.TOPICS_LEFT, "", 1);
    }

    /** Notes that this topic has come back. Poll thread. */
    void returned() {
        residence.returned();
        countReturn();
    }

    private void countReturn() {
        if (isAway) {
            isAway = false;
            services.telemetry().add(Meter.TOPICS_RETURNED, "", 1);
        }
    }

    /** Asks for what must be known, and tries held records again. Poll thread. */
    void prepare() {
        reading.prepare(watcher::ask);
    }

    /** Gives this topic to {@code next}. Called by the thread that has read it. */
    synchronized void moveTo(ReadingThread next) {
        thread = next;
    }

    /** Returns the thread that reads the topic; null before the first one. */
    synchronized @Nullable ReadingThread thread() {
        return thread;
    }

    private synchronized void post(Runnable task) {
        ReadingThread at = thread;
        if (at != null) {
            at.mailbox().post(() -> run(at, task));
        }
    }

    /** Runs {@code task}, or passes it on if the topic has moved to another thread. */
    private void run(ReadingThread at, Runnable task) throws AbandonedException {
        if (thread() != at) {
            post(task);
            return;
        }
        reading.change();
        at.mailbox().beginTopic(this);
        try {
            task.run();
        } finally {
            at.mailbox().endTopic(this);
        }
    }

    /**
     * Adds a handler.
     *
     * @return false if this reader has ended
     */
    synchronized boolean attach(Attachment attachment) {
        if (ended) {
            return false;
        }
        attaching++;
        post(() -> attached(attachment));
        return true;
    }

    private synchronized void attached(Attachment attachment) {
        reading.attachments().add(attachment);
        reading.attachmentsChanged();
        attaching--;
    }

    /** Removes a handler. Any thread but the poll thread waits until that is done, at most five seconds. */
    void detach(Attachment attachment) {
        attachment.close();
        post(reading::attachmentsChanged);
        ReadingThread at = thread();
        if (at == null || at.isCurrent()) {
            return;
        }
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            attachment.awaitGone(deadline - System.nanoTime());
            if (hasEnded()) {
                closed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                at.awaitEnd(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes and returns the handlers that are closed; the reader ends with its last one. Poll thread. */
    List<Attachment> prune() {
        List<Attachment> gone = reading.attachments().prune();
        if (reading.attachments().isEmpty()) {
            synchronized (this) {
                ended = attaching == 0;
            }
        }
        return gone;
    }

    /** Takes no more handlers. */
    synchronized void end() {
        ended = true;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Ends what works for this topic alone, on a thread of its own if other topics would have to wait. */
    void closeAside() {
        if (!deadLetters.areWriting()) {
            close();
            return;
        }
        Thread closing;
        try {
            closing = services.thread(topic() + "-end", this::close);
            closing.start();
        } catch (RuntimeException | Error noThread) {
            close();
        }
    }

    /** Ends what works for this topic alone. */
    void close() {
        try {
            countReturn();
            closeHelpers();
        } finally {
            closed.countDown();
        }
    }

    private void closeHelpers() {
        try {
            try {
                deadLetters.close();
            } finally {
                watcher.stop();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Interrupted while the reading of topic '{}' ends", topic());
        } catch (RuntimeException e) {
            LOG.warn("Could not end the reading of topic '{}' cleanly", topic(), e);
        }
    }
}
