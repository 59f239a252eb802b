package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Finds out which brokers are silent, from the number of answers of each broker that leads a partition. Kafka's client
 * reports nothing when brokers are gone or cut off: its polls are merely empty. Confined to the poll thread.
 */
final class BrokerLiveness {

    /** How long a broker may be silent before the handlers are stale. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * The longest time between two polls that counts as silence of Kafka; a longer one means that the loop was busy.
     */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);

    private final Map<Integer, BrokerPulse> pulses = new HashMap<>();
    private List<Integer> leaders = List.of();
    private long polledAt;

    /** Begins to measure: a new consumer starts to fetch now. */
    void begin(long nanos) {
        pulses.clear();
        polledAt = nanos;
        servedBy(leaders);
    }

    /** Sets the brokers that lead the partitions, as in {@link TopicView#leaders}. */
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
     * Counts a poll that gave records of {@code partitions}; {@code answers} gives the answers of a broker since the
     * consumer began.
     *
     * @return whether any broker has answered since the poll before
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

    /** Returns the time of the last poll. */
    long polledAt() {
        return polledAt;
    }

    /** Returns how long the most silent broker had been silent at the last poll. */
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

    /** Returns how many partitions have a broker that has been silent for longer than {@link #PATIENCE}. */
    int silentPartitions() {
        return (int) leaders.stream().filter(this::isSilent).count();
    }

    private boolean isSilent(int broker) {
        BrokerPulse pulse = pulses.get(broker);
        return pulse != null && polledAt - pulse.quietSince() >= PATIENCE.toNanos();
    }
}
