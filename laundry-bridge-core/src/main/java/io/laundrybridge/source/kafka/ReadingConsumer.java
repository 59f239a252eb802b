package io.laundrybridge.source.kafka;

import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that reads the topic, while there is one. It is made when it is needed, and placed in each partition
 * where the handler that is furthest behind is. Confined to the poll thread.
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

    /** Returns the consumer, made now if there was none. */
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

    /** The furthest place that is needed may be another now: it is looked for before the next poll. */
    void misplaced() {
        misplaced = true;
    }

    /** Returns the consumer if its places are those that are needed, else null. */
    @Nullable TopicConsumer ifPlaced() {
        return misplaced ? null : consumer;
    }

    /** Lets go of the consumer without closing it, because the thread before this one hangs in it. */
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
