package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters on a thread of its own. They wait while the topic or Kafka is missing. The clients are closed if
 * no letter has come for ten minutes.
 */
final class DeadLetterWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    /**
     * The longest random delay. It keeps nodes that find the same record from writing at once; most of them then find
     * it written.
     */
    private static final int SPREAD_MILLIS = 400;

    private final KafkaSettings settings;
    private final HostServices services;
    private final Thread thread;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final QuietWarning failures;
    private final DeadLetterQueue queue;
    private volatile boolean failing;

    private @Nullable DeadLetterTopic topic; // confined to the thread

    DeadLetterWriter(KafkaSettings settings, HostServices services) {
        this.settings = settings;
        this.services = services;
        this.failures = new QuietWarning(SAY_AGAIN, services.nanoTime());
        this.queue = new DeadLetterQueue(settings, services);
        this.thread = services.thread(settings.topic() + "-letters", this);
    }

    void start() {
        thread.start();
    }

    /** Takes {@code letter}, once if it comes from several channels. Loses it if the queue is full. Any thread. */
    void add(DeadLetter letter) {
        queue.add(letter);
    }

    /** Writes what waits, for at most a second, and ends. */
    void stop() throws InterruptedException {
        queue.stop();
        if (!failing) {
            thread.join(STOP_TIMEOUT.toMillis());
        }
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            for (Map<String, DeadLetter> letters = queue.next(IDLE); letters != null; letters = queue.next(IDLE)) {
                pass(letters);
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("{} ends", thread.getName());
        } finally {
            Thread.interrupted(); // Kafka's clients would not close cleanly
            closeTopic();
            queue.giveUpTheRest();
        }
    }

    private void pass(Map<String, DeadLetter> letters) throws InterruptedException {
        if (letters.isEmpty()) {
            closeTopic();
            return;
        }
        try {
            DeadLetterTopic open = topic();
            if (!open.isWriter()) {
                queue.rest(Duration.ofMillis(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)));
            }
            open.write(letters, queue);
            backoff.reset();
            failing = false;
        } catch (InterruptedException | InterruptException e) {
            throw e;
        } catch (Exception e) {
            failed(e);
        }
    }

    private void failed(Exception failure) throws InterruptedException {
        if (isOtherWriter(failure)) {
            LOG.debug("Another node writes to '{}'", settings.deadLetterTopic(), failure);
            return;
        }
        failing = true;
        if (failures.due()) {
            LOG.warn(
                    "{} records wait to be written to the dead-letter topic '{}'; check that it exists and that the"
                            + " bridge may READ, DESCRIBE and WRITE it, and WRITE and DESCRIBE the transactional id '{}'"
                            + " ({})",
                    queue.size(),
                    settings.deadLetterTopic(),
                    settings.deadLetterTransactions(),
                    ClientErrors.inWords(failure));
            closeTopic(); // clients that only know brokers that are gone find no others
        }
        queue.rest(backoff.next());
    }

    private static boolean isOtherWriter(Throwable failure) {
        return ClientErrors.causes(failure)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    private DeadLetterTopic topic() {
        DeadLetterTopic open = topic;
        if (open == null) {
            open = new DeadLetterTopic(settings, services);
            topic = open;
        }
        return open;
    }

    private void closeTopic() {
        DeadLetterTopic open = topic;
        topic = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException e) {
            LOG.debug("The clients of '{}' did not close cleanly", settings.deadLetterTopic(), e);
        }
    }
}
