package io.laundrybridge.source.kafka;

import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that reads the topic, made on demand. In each partition it begins at the place of the handler that is
 * furthest behind. Confined to the poll thread.
 */
final class ReadingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingConsumer.class);

    private final KafkaSettings settings;
    private final Attachments attachments;
    private final UnreadableRecords unreadable;
    private final SourceHealth health;
    private final LongSupplier nanoTime;
    private @Nullable TopicConsumer consumer;
    private boolean misplaced;

    ReadingConsumer(
            KafkaSettings settings,
            Attachments attachments,
            UnreadableRecords unreadable,
            SourceHealth health,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.attachments = attachments;
        this.unreadable = unreadable;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /** Returns the consumer, and makes it if there is none. */
    TopicConsumer open() {
        TopicConsumer reader = consumer;
        if (reader == null) {
            reader = new TopicConsumer(settings, unreadable.isCareful());
            consumer = reader;
            misplaced = true;
            health.liveness().begin(nanoTime.getAsLong());
        }
        return reader;
    }

    /** Returns the consumer, at the places of the handlers in the first {@code partitions}. */
    TopicConsumer placed(int partitions) {
        TopicConsumer reader = open();
        if (unreadable.changed(nanoTime.getAsLong()) || misplaced) {
            reader.readFrom(attachments.earliest(partitions), unreadable.leftOut());
            misplaced = false;
        }
        return reader;
    }

    /** Has the places checked before the next poll: the furthest place that is needed may have changed. */
    void misplaced() {
        misplaced = true;
    }

    /** Returns the consumer if its places are the needed ones, else null. */
    @Nullable TopicConsumer ifPlaced() {
        return misplaced ? null : consumer;
    }

    /** Forgets the consumer without closing it, because the previous thread hangs in it. */
    void abandon() {
        health.readingChanged();
        consumer = null;
    }

    void close() {
        health.readingChanged();
        TopicConsumer reader = consumer;
        consumer = null;
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("The consumer of topic '{}' did not close cleanly", settings.topic(), e);
        }
    }
}
