package io.laundrybridge.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Records that may be missing in one partition: the offsets in [{@code from}, {@code to}). Holes that Kafka leaves
 * (compaction, transaction markers) are not gaps.
 *
 * @param from first offset that may be missing
 * @param to first offset after the gap, where reading continues
 * @param reason why they may be missing
 */
public record Gap(int partition, long from, int fromEpoch, long to, int toEpoch, GapReason reason) {

    /**
     * {@return a gap without leader epochs}
     *
     * @param partition the partition, from 0
     * @param from first offset that may be missing
     * @param to first offset after the gap
     * @param reason why they may be missing
     */
    public static Gap of(int partition, long from, long to, GapReason reason) {
        return new Gap(partition, from, PositionVector.NO_EPOCH, to, PositionVector.NO_EPOCH, reason);
    }

    /**
     * {@return the gap that replaces {@code record}, which cannot be shown}
     *
     * @param record the record
     * @param reason why they may be missing
     */
    public static Gap of(SourceRecord record, GapReason reason) {
        int epoch = record.leaderEpoch();
        return new Gap(record.partition(), record.offset(), epoch, record.offset() + 1, epoch, reason);
    }

    /**
     * {@return the gaps between two places: one per partition in which {@code to} is after {@code from}}
     *
     * @param from the place before
     * @param to the place after
     * @param reason why they may be missing
     */
    public static List<Gap> between(PositionVector from, PositionVector to, GapReason reason) {
        List<Gap> gaps = new ArrayList<>();
        for (int p = 0; p < to.partitions(); p++) {
            if (from.next(p) < to.next(p)) {
                gaps.add(new Gap(p, from.next(p), from.epoch(p), to.next(p), to.epoch(p), reason));
            }
        }
        return gaps;
    }
}
