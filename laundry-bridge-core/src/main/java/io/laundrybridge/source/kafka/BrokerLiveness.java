package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Tells from the number of answers of each broker that leads a partition whether it is there. Kafka's own client says
 * nothing when brokers are gone or cut off: its polls are merely empty. Confined to the poll thread.
 */
final class BrokerLiveness {

    /** How long a broker may stay silent before the handlers are told. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A longer pause between two polls means that the loop was busy, not that Kafka was silent. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);

    private final Map<Integer, BrokerPulse> pulses = new HashMap<>();
    private List<Integer> leaders = List.of();
    private long polledAt;

    /** A new consumer starts to fetch now. */
    void begin(long nanos) {
        pulses.clear();
        polledAt = nanos;
        servedBy(leaders);
    }

    /** The brokers that lead the partitions now, as in {@link TopicView#leaders}. */
    void servedBy(List<Integer> brokers) {
        leaders = brokers;
        pulses.keySet().retainAll(brokers);
        for (int broker : brokers) {
            if (broker != TopicView.NOBODY) {
                pulses.computeIfAbsent(broker, unknown -> new BrokerPulse(polledAt));
            }
        }
    }

    /**
     * Returns the state after a poll that gave records of {@code partitions}: {@code answers} counts those of a broker
     * since the consumer began.
     *
     * @return whether any of Kafka has answered since the poll before
     */
    boolean polled(long nanos, IntToDoubleFunction answers, Set<Integer> partitions) {
        long ours = nanos - polledAt > LONGEST_POLL.toNanos() ? nanos - polledAt : 0;
        boolean there = false;
        for (Map.Entry<Integer, BrokerPulse> each : pulses.entrySet()) {
            boolean gave = partitions.stream().anyMatch(partition -> leads(each.getKey(), partition));
            boolean felt = each.getValue().felt(answers.applyAsDouble(each.getKey()), gave, nanos);
            if (!felt) {
                each.getValue().excuse(ours);
            }
            there |= felt;
        }
        polledAt = nanos;
        return there;
    }

    private boolean leads(int broker, int partition) {
        return partition < leaders.size() && leaders.get(partition) == broker;
    }

    /** Returns when the last poll was. */
    long polledAt() {
        return polledAt;
    }

    /** For how long the most silent of the brokers had been so at the last poll. */
    Duration silence() {
        return Duration.ofNanos(pulses.values().stream()
                .mapToLong(pulse -> polledAt - pulse.quietSince())
                .max()
                .orElse(0));
    }

    /** Returns whether no broker has answered for at least this time. */
    boolean allSilentFor(Duration time) {
        return !pulses.isEmpty()
                && pulses.values().stream().allMatch(pulse -> polledAt - pulse.quietSince() >= time.toNanos());
    }

    /** Returns how many partitions have a broker that has been silent for longer than patience. */
    int silentPartitions() {
        return (int) leaders.stream().filter(this::isSilent).count();
    }

    private boolean isSilent(int broker) {
        BrokerPulse pulse = pulses.get(broker);
        return pulse != null && polledAt - pulse.quietSince() >= PATIENCE.toNanos();
    }
}
