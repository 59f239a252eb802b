package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes dead letters, and those that wait for it: as many as fit {@code buffer.memory}. While the topic or
 * Kafka is not there they wait. Its clients are closed when nothing has come for ten minutes.
 */
final class DeadLetterWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(10);

    /** Nodes that find the same record do not all try at once: most of them then find it written. */
    private static final int SPREAD_MILLIS = 400;

    private final KafkaSettings settings;
    private final HostServices services;
    private final Thread thread;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final QuietWarning failures;
    private final QuietWarning losses;

    // Guarded by this.
    private final Map<String, DeadLetter> waiting = new LinkedHashMap<>();
    private long bytes;
    private long lost;
    private boolean stopped;
    private boolean failing;

    private @Nullable DeadLetterTopic topic; // confined to the thread

    DeadLetterWriter(KafkaSettings settings, HostServices services) {
        this.settings = settings;
        this.services = services;
        this.failures = new QuietWarning(SAY_AGAIN, services.nanoTime());
        this.losses = new QuietWarning(COUNT_AGAIN, services.nanoTime());
        this.thread = services.thread(settings.topic() + "-letters", this);
    }

    void start() {
        thread.start();
    }

    /** Any thread: takes {@code letter}, once if it comes from several channels; loses it if too much waits. */
    synchronized void add(DeadLetter letter) {
        if (bytes + letter.bytes() > settings.deadLetterMemory()) {
            lose(letter, "more than buffer.memory, " + settings.deadLetterMemory() + " bytes, waits");
        } else if (waiting.putIfAbsent(letter.place(), letter) == null) {
            bytes += letter.bytes();
            notifyAll();
        }
    }

    /** Writes what waits, for a second at most, and ends. */
    void stop() throws InterruptedException {
        boolean hopeless;
        synchronized (this) {
            stopped = true;
            hopeless = failing;
            notifyAll();
        }
        if (!hopeless) {
            thread.join(STOP_TIMEOUT.toMillis());
        }
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            for (Map<String, DeadLetter> letters = next(); letters != null; letters = next()) {
                pass(letters);
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("{} ends", thread.getName());
        } finally {
            Thread.interrupted(); // Kafka's clients would not close cleanly
            closeTopic();
            giveUpTheRest();
        }
    }

    /** Those that wait; an empty map if there were none for a while, null if there will be none. */
    private synchronized @Nullable Map<String, DeadLetter> next() throws InterruptedException {
        long end = services.nanoTime().getAsLong() + IDLE.toNanos();
        for (long left = IDLE.toNanos();
                waiting.isEmpty() && !stopped && left > 0;
                left = end - services.nanoTime().getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return waiting.isEmpty() && stopped ? null : new LinkedHashMap<>(waiting);
    }

    private void pass(Map<String, DeadLetter> letters) throws InterruptedException {
        if (letters.isEmpty()) {
            closeTopic();
            return;
        }
        try {
            DeadLetterTopic open = topic();
            if (!open.isWriter()) {
                rest(Duration.ofMillis(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)));
            }
            open.write(letters, new Settled());
            backoff.reset();
            failing(false);
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
        failing(true);
        if (failures.due()) {
            LOG.warn(
                    "{} records wait to be written to the dead-letter topic '{}'; is it there, and may the bridge"
                            + " READ, DESCRIBE and WRITE it, and WRITE and DESCRIBE the transactional id '{}'? ({})",
                    waiting(),
                    settings.deadLetterTopic(),
                    settings.deadLetterTransactions(),
                    ClientErrors.inWords(failure));
            closeTopic(); // clients that know only brokers that are gone find no others
        }
        rest(backoff.next());
    }

    private static boolean isOtherWriter(Throwable failure) {
        return ClientErrors.causes(failure)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    private final class Settled implements DeadLetterTopic.Outcome {
        @Override
        public void stored(DeadLetter letter, boolean now) {
            takeOut(letter);
            if (now) {
                services.telemetry().add(Meter.DEAD_LETTERS, "", 1);
            }
        }

        @Override
        public void refused(DeadLetter letter, Exception reason) {
            takeOut(letter);
            lose(letter, String.valueOf(reason.getMessage()));
        }
    }

    private synchronized void takeOut(DeadLetter letter) {
        if (waiting.remove(letter.place()) != null) {
            bytes -= letter.bytes();
        }
    }

    private synchronized void lose(DeadLetter letter, String reason) {
        lost++;
        lost(services, 1);
        if (losses.due()) {
            LOG.warn(
                    "{} records were not written to the dead-letter topic '{}' so far, the last {}-{} offset {}: {}",
                    lost,
                    settings.deadLetterTopic(),
                    letter.record().topic(),
                    letter.record().partition(),
                    letter.record().offset(),
                    reason);
        }
    }

    private synchronized void giveUpTheRest() {
        if (!waiting.isEmpty()) {
            lost(services, waiting.size());
            LOG.warn(
                    "{} records were not written to the dead-letter topic '{}' before the end: {}",
                    waiting.size(),
                    settings.deadLetterTopic(),
                    waiting.keySet().stream().limit(20).toList());
            waiting.clear();
        }
    }

    /** Counts letters that are not written. */
    static void lost(HostServices services, int letters) {
        services.telemetry().add(Meter.DEAD_LETTERS_LOST, "", letters);
    }

    private synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void failing(boolean now) {
        failing = now;
    }

    private synchronized void rest(Duration pause) throws InterruptedException {
        long end = services.nanoTime().getAsLong() + pause.toNanos();
        for (long left = pause.toNanos();
                left > 0 && !stopped;
                left = end - services.nanoTime().getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
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
