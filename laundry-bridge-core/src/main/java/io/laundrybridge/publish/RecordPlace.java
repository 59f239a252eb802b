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

    /** Returns the place as an {@code ack} has it, for example {@code 2@77.3}. */
    @Override
    public String toString() {
        return partition + "@" + offset + (leaderEpoch == PositionVector.NO_EPOCH ? "" : "." + leaderEpoch);
    }
}
