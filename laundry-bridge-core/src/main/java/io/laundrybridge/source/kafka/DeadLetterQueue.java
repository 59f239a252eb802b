package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters that wait to be written, as many as fit in {@code buffer.memory}. Others are lost and counted.
 * Thread-safe.
 */
final class DeadLetterQueue implements DeadLetterTopic.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(10);

    private final KafkaSettings settings;
    private final HostServices services;
    private final QuietWarning losses;

    // Guarded by this.
    private final Map<String, DeadLetter> waiting = new LinkedHashMap<>();
    private long bytes;
    private long lost;
    private boolean stopped;

    DeadLetterQueue(KafkaSettings settings, HostServices services) {
        this.settings = settings;
        this.services = services;
        this.losses = new QuietWarning(COUNT_AGAIN, services.nanoTime());
    }

    /** Adds {@code letter}, once if it comes from several channels. Loses it if the queue is full. */
    synchronized void add(DeadLetter letter) {
        if (bytes + letter.bytes() > settings.deadLetterMemory()) {
            lose(letter, "more than buffer.memory, " + settings.deadLetterMemory() + " bytes, waits");
        } else if (waiting.putIfAbsent(letter.place(), letter) == null) {
            bytes += letter.bytes();
            notifyAll();
        }
    }

    /** Stops the queue: no more letters are taken from it. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Returns the letters that wait, or an empty map if none came within {@code patience}. Returns null if the queue
     * has stopped.
     */
    synchronized @Nullable Map<String, DeadLetter> next(Duration patience) throws InterruptedException {
        await(patience, true);
        return waiting.isEmpty() && stopped ? null : new LinkedHashMap<>(waiting);
    }

    /** Waits for {@code pause}, or until the queue has stopped. */
    synchronized void rest(Duration pause) throws InterruptedException {
        await(pause, false);
    }

    private void await(Duration longest, boolean untilLetters) throws InterruptedException {
        long end = services.nanoTime().getAsLong() + longest.toNanos();
        for (long left = longest.toNanos();
                left > 0 && !stopped && !(untilLetters && !waiting.isEmpty());
                left = end - services.nanoTime().getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    synchronized int size() {
        return waiting.size();
    }

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

    private synchronized void takeOut(DeadLetter letter) {
        if (waiting.remove(letter.place()) != null) {
            bytes -= letter.bytes();
        }
    }

    private synchronized void lose(DeadLetter letter, String reason) {
        lost++;
        countLost(services, 1);
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

    /** Counts the letters that still wait as lost. */
    synchronized void giveUpTheRest() {
        if (!waiting.isEmpty()) {
            countLost(services, waiting.size());
            LOG.warn(
                    "{} records were not written to the dead-letter topic '{}' before the end: {}",
                    waiting.size(),
                    settings.deadLetterTopic(),
                    waiting.keySet().stream().limit(20).toList());
            waiting.clear();
        }
    }

    /** Counts letters that will not be written. */
    static void countLost(HostServices services, int letters) {
        services.telemetry().add(Meter.DEAD_LETTERS_LOST, "", letters);
    }
}
