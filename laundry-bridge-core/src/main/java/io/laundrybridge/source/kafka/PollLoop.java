package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one source, and the only one that touches its consumer and calls its handlers. It lives as long as the
 * source has readers. After any failure it begins again; if it hangs in Kafka's client, another thread takes its place.
 * Other threads use the mailbox. An interrupt ends it.
 */
final class PollLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaDeadLetters deadLetters;
    private final Mailbox mailbox = new Mailbox();
    private final TopicReading reading;
    private final TopicWatcher watcher;
    private final PollGuard guard;
    private final PollThreads threads;

    private final Object ending = new Object();
    private int attaching; // guarded by ending
    private boolean ended; // guarded by ending

    PollLoop(KafkaSettings settings, HostServices services, SeenEpochs epochs, KafkaDeadLetters deadLetters) {
        this.deadLetters = deadLetters;
        this.reading = new TopicReading(settings, epochs, services.nanoTime());
        this.watcher = new TopicWatcher(settings, services, new PostedReports(mailbox, reading));
        this.threads = new PollThreads(() -> services.thread(settings.topic() + "-source", this));
        this.guard = new PollGuard(services, settings.topic(), mailbox, threads::current, this::takeOver);
    }

    /** Starts the threads. If one cannot start, the ones before it end. */
    void start() {
        try {
            watcher.start();
            guard.start();
            threads.start();
        } catch (RuntimeException | Error noThread) {
            end();
            throw noThread;
        }
    }

    /**
     * Adds a handler. Any thread.
     *
     * @return false if the loop has ended, or is about to
     */
    boolean attach(Attachment attachment) {
        synchronized (ending) {
            if (ended) {
                return false;
            }
            attaching++;
            mailbox.post(() -> attached(attachment));
            return true;
        }
    }

    private void attached(Attachment attachment) {
        reading.attachments().add(attachment);
        reading.attachmentsChanged();
        synchronized (ending) {
            attaching--;
        }
    }

    /** Removes a handler. Any thread; any but the poll thread waits until that is done, at most five seconds. */
    void detach(Attachment attachment) {
        attachment.close();
        mailbox.post(reading::attachmentsChanged);
        if (threads.areCurrent()) {
            return;
        }
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            attachment.awaitGone(deadline - System.nanoTime());
            if (hasEnded()) {
                threads.join(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            work();
            end();
        } catch (AbandonedException e) {
            LOG.warn(
                    "{} goes on after it hung; another has taken over",
                    Thread.currentThread().getName());
            threads.returned();
            e.consumer().close();
        }
    }

    private void work() throws AbandonedException {
        try {
            while (goesOn()) {
                turn();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.info("{} was interrupted and ends", threads.name());
            giveUp(e);
        } catch (RuntimeException | Error e) {
            LOG.error("{} cannot go on", threads.name(), e);
            giveUp(e);
        }
    }

    /**
     * Starts a new thread with a new consumer because the present one hangs, which finds that out when it returns.
     * Called by the guard.
     */
    private void takeOver() {
        if (threads.mayHang() && mailbox.abandon()) {
            threads.replace(() -> mailbox.post(reading::takenOver));
        }
    }

    private void turn() throws InterruptedException, AbandonedException {
        try {
            reading.turn(mailbox, watcher);
        } catch (RuntimeException | Error e) {
            restart(e);
        }
    }

    /**
     * Releases closed handlers.
     *
     * @return whether a handler still reads
     */
    private boolean goesOn() {
        try {
            mailbox.runAll();
        } catch (RuntimeException | Error e) {
            restart(e);
        }
        List<Attachment> closed = reading.attachments().prune();
        synchronized (ending) {
            ended = attaching == 0 && reading.attachments().isEmpty();
        }
        closed.forEach(Attachment::letGo);
        return !hasEnded();
    }

    private void restart(Throwable cause) {
        if (cause instanceof InterruptException interrupt) {
            throw interrupt;
        }
        reading.restart(cause);
    }

    private boolean hasEnded() {
        synchronized (ending) {
            return ended;
        }
    }

    private void giveUp(Throwable cause) {
        synchronized (ending) {
            ended = true;
        }
        // Kafka's client would not close cleanly if the interrupt flag stayed set.
        Thread.interrupted();
        runRemaining();
        reading.attachments().forEach(each -> each.fail(cause));
        reading.attachments().prune().forEach(Attachment::letGo);
    }

    private void runRemaining() {
        while (!mailbox.isEmpty()) {
            try {
                mailbox.runAll();
            } catch (RuntimeException e) {
                LOG.debug("A task failed while {} ends", threads.name(), e);
            }
        }
    }

    private void end() {
        try {
            closeAll();
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Interrupted while {} ends", threads.name());
        } catch (RuntimeException e) {
            LOG.warn("Could not end {} cleanly", threads.name(), e);
        }
    }

    private void closeAll() throws InterruptedException {
        try {
            reading.close();
        } finally {
            try {
                deadLetters.close();
            } finally {
                stopHelpers();
            }
        }
    }

    private void stopHelpers() throws InterruptedException {
        try {
            guard.stop();
        } finally {
            watcher.stop();
        }
    }
}
