package io.laundrybridge.source.kafka;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters while the source has readers, and has a thread write them to {@code <topic>-dlt}, which begins
 * with the first of them. Thread-safe.
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

    /** Takes records from now on, with what {@code host} lends, until it was closed as often as opened. */
    synchronized void open(HostServices host) {
        services = host;
        users++;
    }

    /** At once: the letter waits until it can be written, or is lost if too much waits. */
    @Override
    public synchronized void write(SourceRecord record, String reason) {
        DeadLetter letter = new DeadLetter(seen.life(), record, reason);
        if (users == 0) {
            LOG.debug("No dead letter of {}, for nobody reads the topic any more", letter.place());
            DeadLetterQueue.countLost(services, 1);
            return;
        }
        if (writer == null) {
            writer = new DeadLetterWriter(settings, services);
            writer.start();
        }
        writer.add(letter);
    }

    /** With the last user, writes what waits, for a second at most, and takes nothing more. */
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
