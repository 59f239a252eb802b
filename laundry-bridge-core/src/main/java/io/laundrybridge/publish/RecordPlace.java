package io.laundrybridge.publish;

import io.laundrybridge.event.PositionVector;

/**
 * The place of a stored record.
 *
 * @param partition the partition, from 0
 * @param offset the record's offset
 * @param leaderEpoch Kafka's leader epoch, or {@link PositionVector#NO_EPOCH}
 */
public record RecordPlace(int partition, long offset, int leaderEpoch) {

    /**
     * Makes a place whose leader epoch is unknown, as of {@code RecordMetadata}.
     *
     * @param partition the partition, from 0
     * @param offset the record's offset
     */
    public RecordPlace(int partition, long offset) {
        this(partition, offset, PositionVector.NO_EPOCH);
    }

    /** Returns the place as an {@code ack} has it, for example {@code 2@77.3}. */
    @Override
    public String toString() {
        return partition + "@" + offset + (leaderEpoch == PositionVector.NO_EPOCH ? "" : "." + leaderEpoch);
    }
}
