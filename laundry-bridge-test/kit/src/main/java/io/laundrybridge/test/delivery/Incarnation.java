package io.laundrybridge.test.delivery;

import java.util.List;
import java.util.Map;

/**
 * The events of a client between two resets, or two snapshots.
 *
 * @param begunBy the reset's reason, {@code snapshot}, or "" for the first
 * @param first the first position's next offset of each partition; those it does not name begin at 0
 * @param last the same of the place reached
 * @param deliveries the events in order, without the snapshot's rows
 * @param rows the snapshot's rows
 * @param gaps the gaps in order
 */
public record Incarnation(
        String begunBy,
        Map<Integer, Long> first,
        Map<Integer, Long> last,
        List<Delivery> deliveries,
        List<Delivery> rows,
        List<GapNotice> gaps) {

    /** Returns whether {@code offset} is between the first and the last position. */
    boolean spans(int partition, long offset) {
        return first.getOrDefault(partition, 0L) <= offset && offset < last.getOrDefault(partition, 0L);
    }
}
