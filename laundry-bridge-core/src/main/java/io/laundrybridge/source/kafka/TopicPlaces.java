package io.laundrybridge.source.kafka;

import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The share of one topic in a consumer. In each partition it begins at the place of the handler that is furthest
 * behind. Confined to the poll thread.
 */
final class TopicPlaces {
    private final String topic;
    private final Attachments attachments;
    private final UnreadableRecords unreadable;
    private final SourceHealth health;
    private final LongSupplier nanoTime;
    private @Nullable LiveConsumer consumer;
    private boolean misplaced;
    private boolean outdated;

    TopicPlaces(
            String topic,
            Attachments attachments,
            UnreadableRecords unreadable,
            SourceHealth health,
            LongSupplier nanoTime) {
        this.topic = topic;
        this.attachments = attachments;
        this.unreadable = unreadable;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /** Takes part in {@code reader}, with the first {@code partitions} of the topic {@code id}. */
    void join(LiveConsumer reader, Uuid id, int partitions) {
        if (consumer != reader) {
            health.readingChanged();
            health.liveness().begin(nanoTime.getAsLong());
            consumer = reader;
            misplaced = true;
        }
        if (reader.knowsAnother(topic, id)) {
            outdated = true;
        }
        if (unreadable.changed(nanoTime.getAsLong()) || misplaced) {
            misplaced = true;
            Set<Integer> leftOut = unreadable.leftOut();
            reader.want(
                    topic,
                    IntStream.range(0, partitions)
                            .filter(p -> !leftOut.contains(p))
                            .boxed()
                            .collect(Collectors.toSet()));
        }
    }

    /** Goes to the places of the handlers, if they may have changed. */
    void seek(int partitions) {
        LiveConsumer reader = consumer;
        if (misplaced && reader != null) {
            reader.readFrom(topic, attachments.earliest(partitions));
            misplaced = false;
        }
    }

    /** Takes part no more. */
    void leave() {
        LiveConsumer reader = consumer;
        if (reader != null) {
            reader.want(topic, Set.of());
            forget();
        }
    }

    /** Forgets the consumer, which another thread has or which is closed. */
    void forget() {
        health.readingChanged();
        consumer = null;
        outdated = false;
    }

    /** Has the places checked before the next poll: the furthest place that is needed may have changed. */
    void misplaced() {
        misplaced = true;
    }

    /** Wants another consumer, because this one cannot read the topic as it is now. */
    void renew() {
        outdated = consumer != null;
    }

    /** Returns whether another consumer is wanted. */
    boolean isOutdated() {
        return outdated;
    }

    /** Returns the consumer if its places are the needed ones, else null. */
    @Nullable LiveConsumer ifPlaced() {
        return misplaced ? null : consumer;
    }

    /** Returns the next offset to read in {@code partition}. */
    long place(int partition) {
        LiveConsumer reader = consumer;
        return reader == null ? 0 : reader.place(topic, partition);
    }

    /** Forgets the place in {@code partition}, which cannot be read on from. */
    void lose(int partition) {
        LiveConsumer reader = consumer;
        if (reader != null) {
            reader.lose(topic, partition);
        }
        misplaced = true;
    }

    /** Forgets every place: what was read from there was not handed over. */
    void loseAll(int partitions) {
        IntStream.range(0, partitions).forEach(this::lose);
    }
}
