package io.laundrybridge.source.kafka;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters while the source has readers. A thread, which begins with the first letter, writes them to {@code
 * <topic>-dlt}. Thread-safe.
 */
final class KafkaDeadLetters implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);

    private final KafkaSettings settings;
    private final SeenEpochs seen;

    // Guarded by this.
    private HostServices services = HostServices.standard();
    private @Nullable DeadLetterWriter writer;
    private int users;

    KafkaDeadLetters(KafkaSettings settings, SeenEpochs seen) {
        this.settings = settings;
        this.seen = seen;
    }

    /**
     * Takes letters from now on, with the threads and clocks of {@code host}, until it was closed as often as opened.
     */
    synchronized void open(HostServices host) {
        services = host;
        users++;
    }

    /** {@inheritDoc} Returns at once. The letter waits until it can be written, or is lost if the queue is full. */
    @Override
    public synchronized void write(SourceRecord record, String reason) {
        DeadLetter letter = new DeadLetter(seen.life(), record, reason);
        if (users == 0) {
            LOG.debug("No dead letter of {}: no channel reads the topic any more", letter.place());
            DeadLetterQueue.countLost(services, 1);
            return;
        }
        if (writer == null) {
            writer = new DeadLetterWriter(settings, services);
            writer.start();
        }
        writer.add(letter);
    }

    /** Returns whether {@link #close} may have to wait until letters are written. */
    synchronized boolean areWriting() {
        return writer != null;
    }

    /** Writes what waits if this was the last user, for at most a second, and takes nothing more. */
    void close() throws InterruptedException {
        DeadLetterWriter last;
        synchronized (this) {
            users--;
            last = users == 0 ? writer : null;
            writer = users == 0 ? null : writer;
        }
        if (last != null) {
            last.stop();
        }
    }
}
