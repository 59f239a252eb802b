package io.laundrybridge.source.kafka;

import io.laundrybridge.event.GapReason;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles single records that cannot be read, so that reading goes on. Damaged records become a gap. Partitions with
 * whole records that this node cannot read are left out for a while. Confined to the poll thread.
 */
final class RecordFaults {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFaults.class);

    private final String topic;
    private final Attachments attachments;
    private final CorruptRecords corrupt;
    private final UnreadableRecords unreadable;
    private final TopicPlaces places;
    private final SourceHealth health;
    private final LongSupplier nanoTime;

    RecordFaults(
            String topic,
            Attachments attachments,
            UnreadableRecords unreadable,
            TopicPlaces places,
            SourceHealth health,
            LongSupplier nanoTime) {
        this.topic = topic;
        this.attachments = attachments;
        this.corrupt = new CorruptRecords(topic);
        this.unreadable = unreadable;
        this.places = places;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /** Returns whether {@code failure} is about the next record of a partition of this topic. */
    boolean concern(KafkaException failure) {
        return corrupt.partition(failure).isPresent();
    }

    /** Returns whether there is a record that this node could not read, and has not read yet. */
    boolean areKnown() {
        return unreadable.cause() != null;
    }

    /** Returns whether the consumer has to find the partition of an error. */
    boolean areSought() {
        return unreadable.isCareful();
    }

    /** Returns whether {@code failure} was about the next record of a partition and has been handled. */
    boolean handled(KafkaException failure) {
        OptionalInt damaged = corrupt.partition(failure);
        Error error = unreadable.behind(failure);
        if (damaged.isEmpty()) {
            return false;
        }
        if (error == null) {
            passDamaged(damaged.getAsInt(), failure);
        } else {
            leaveOut(damaged.getAsInt(), error);
        }
        return true;
    }

    /** Passes a record that Kafka has but whose bytes are damaged, or has it tried again. */
    private void passDamaged(int partition, KafkaException failure) {
        long offset = places.place(partition);
        if (corrupt.givesUp(partition, offset)) {
            LOG.error("Skipped offset {} of {}-{}: its bytes are damaged", offset, topic, partition, failure);
            attachments.forEach(each -> each.lost(partition, offset + 1, GapReason.UNDECODABLE));
            attachments.forEach(Attachment::batchEnd);
        }
        places.lose(partition);
    }

    /** Leaves {@code partition} out: its next record is whole, but this node cannot read it. The others go on. */
    private void leaveOut(int partition, Error error) {
        if (unreadable.leaveOut(partition, places.place(partition), error, nanoTime.getAsLong())) {
            places.renew();
        }
        health.unreadable(unreadable.cause());
    }

    /** Notes that Kafka's client has records of some partition that it cannot read on this node. */
    void suspect(Error error) {
        if (unreadable.suspect(error, nanoTime.getAsLong())) {
            places.renew();
        }
        health.unreadable(unreadable.cause());
    }

    /** Notes a successful poll. */
    void polled() {
        if (unreadable.polled(places::place, nanoTime.getAsLong())) {
            places.renew();
        }
        health.unreadable(unreadable.cause());
    }

    /** Forgets all faults: the topic was made again. */
    void clear() {
        unreadable.clear();
        health.unreadable(null);
    }
}
