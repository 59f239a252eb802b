package io.laundrybridge.test.delivery;

import io.laundrybridge.test.kafka.CommittedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the events of clients with the records of Kafka: an independent committed read of the whole topic, taken
 * after the ledgers were filled. An incarnation that a reset revoked is only compared with itself, because its records
 * may be gone. Immutable.
 */
public final class DeliveryJudge {
    private static final Set<String> REASONS = Set.of("retention", "overflow", "limit", "undecodable", "too_large");

    /** Per partition, the content of each offset. */
    private final Map<Integer, NavigableMap<Long, Integer>> committed = new HashMap<>();

    public DeliveryJudge(List<CommittedRecord> committedRead) {
        for (CommittedRecord record : committedRead) {
            committed
                    .computeIfAbsent(record.partition(), partition -> new TreeMap<>())
                    .put(record.offset(), EventContent.of(record));
        }
    }

    /** Returns the violations, a sentence each; empty if the guarantee held. */
    public List<String> violations(DeliveryLedger ledger) {
        List<Incarnation> incarnations = ledger.incarnations();
        List<String> found = new ArrayList<>();
        for (Incarnation incarnation : incarnations) {
            order(incarnation, found);
            once(incarnation, found);
            honestGaps(incarnation, found);
        }
        Incarnation present = incarnations.get(incarnations.size() - 1);
        complete(present, found);
        committedOnly(present, found);
        return found;
    }

    private static void order(Incarnation incarnation, List<String> found) {
        Map<Integer, Delivery> newest = new HashMap<>();
        for (Delivery delivery : incarnation.deliveries()) {
            Delivery before = newest.put(delivery.partition(), delivery);
            if (before == null) {
                continue;
            }
            if (delivery.offset() < before.offset()) {
                found.add("I1 order: " + delivery + " came after " + before);
            }
            if (delivery.offset() > before.offset() && delivery.epoch() < before.epoch()) {
                found.add(
                        "I1 order: " + delivery + " has leader epoch " + delivery.epoch() + " after " + before.epoch());
            }
        }
    }

    private static void once(Incarnation incarnation, List<String> found) {
        Set<String> seen = new HashSet<>();
        for (Delivery delivery : incarnation.deliveries()) {
            if (!seen.add(delivery.toString())) {
                found.add("I3 once: " + delivery + " came again");
            }
        }
    }

    private static void honestGaps(Incarnation incarnation, List<String> found) {
        for (GapNotice gap : incarnation.gaps()) {
            if (gap.from() >= gap.to()) {
                found.add("I9 honest gaps: " + gap + " is empty");
            }
            if (!REASONS.contains(gap.reason())) {
                found.add("I9 honest gaps: " + gap + " has no reason of the protocol");
            }
            incarnation.deliveries().stream()
                    .filter(delivery -> gap.covers(delivery.partition(), delivery.offset()))
                    .findFirst()
                    .ifPresent(
                            delivery -> found.add("I9 honest gaps: " + gap + " covers " + delivery + ", which came"));
        }
    }

    private void complete(Incarnation incarnation, List<String> found) {
        Set<String> given = new HashSet<>();
        incarnation.deliveries().forEach(delivery -> given.add(delivery.toString()));
        committed.forEach((partition, offsets) -> offsets.keySet().stream()
                .filter(offset -> incarnation.spans(partition, offset))
                .filter(offset -> !given.contains(partition + "@" + offset))
                .filter(offset -> incarnation.gaps().stream().noneMatch(gap -> gap.covers(partition, offset)))
                .forEach(offset -> found.add(
                        "I2 completeness: " + partition + "@" + offset + " never came and no gap covers it")));
    }

    private void committedOnly(Incarnation incarnation, List<String> found) {
        List<Delivery> all = new ArrayList<>(incarnation.rows());
        all.addAll(incarnation.deliveries());
        for (Delivery delivery : all) {
            Integer content = committed
                    .getOrDefault(delivery.partition(), new TreeMap<>())
                    .get(delivery.offset());
            if (content == null) {
                found.add("I4 committed only: " + delivery + " is not in the committed read");
            } else if (content != delivery.content()) {
                found.add("I4 committed only: " + delivery + " has another key or value in the committed read");
            }
        }
    }
}
