package io.laundrybridge.test.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incarnation while it grows. Not thread-safe. */
final class IncarnationLog {
    private final String begunBy;
    private final DeliveryTrail deliveries = new DeliveryTrail();
    private final DeliveryTrail rows = new DeliveryTrail();
    private final List<GapNotice> gaps = new ArrayList<>();
    private @Nullable Map<Integer, Long> first;
    private Map<Integer, Long> last = Map.of();

    IncarnationLog(String begunBy) {
        this.begunBy = begunBy;
    }

    void event(Delivery delivery) {
        deliveries.add(delivery);
    }

    void row(Delivery delivery) {
        rows.add(delivery);
    }

    void gap(GapNotice gap) {
        gaps.add(gap);
    }

    /** Takes the first position as the beginning; a later one that jumps would hide a loss. */
    void positioned(Map<Integer, Long> offsets) {
        if (first == null) {
            first = offsets;
        }
    }

    void reached(Map<Integer, Long> offsets) {
        last = offsets;
    }

    Incarnation incarnation() {
        return new Incarnation(
                begunBy,
                first == null ? Map.of() : Map.copyOf(first),
                Map.copyOf(last),
                deliveries.list(),
                rows.list(),
                List.copyOf(gaps));
    }
}
