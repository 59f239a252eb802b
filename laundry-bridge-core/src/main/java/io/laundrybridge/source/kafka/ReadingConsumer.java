package io.laundrybridge.source.kafka;

import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer of one poll thread, made on demand for the topics that can be read. Confined to the poll thread. */
final class ReadingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingConsumer.class);

    private final LoopKind kind;
    private @Nullable LiveConsumer consumer;
    private boolean isCareful;

    ReadingConsumer(LoopKind kind) {
        this.kind = kind;
    }

    /** Returns the consumer, which reads exactly {@code topics}, each from its place. */
    LiveConsumer placed(List<TopicReading> topics) {
        LiveConsumer reader = joined(topics);
        if (topics.stream().anyMatch(each -> each.places().isOutdated())) {
            close();
            topics.forEach(each -> each.places().forget());
            reader = joined(topics);
        }
        reader.assign();
        topics.forEach(TopicReading::seek);
        return reader;
    }

    private LiveConsumer joined(List<TopicReading> topics) {
        LiveConsumer reader = consumer;
        if (reader == null) {
            isCareful = !kind.isShared()
                    && topics.stream().anyMatch(each -> each.faults().areSought());
            reader = kind.consumer(isCareful);
            consumer = reader;
        }
        for (TopicReading each : topics) {
            each.join(reader);
        }
        return reader;
    }

    /** Returns whether the consumer gives one record per poll. */
    boolean isCareful() {
        return isCareful;
    }

    /** Forgets the consumer without closing it, because the previous thread hangs in it. */
    void abandon() {
        consumer = null;
    }

    void close() {
        LiveConsumer reader = consumer;
        consumer = null;
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("The consumer that reads {} did not close cleanly", kind.label(), e);
        }
    }
}
