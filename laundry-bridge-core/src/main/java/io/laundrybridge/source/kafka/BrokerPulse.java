package io.laundrybridge.source.kafka;

/** The time of one broker's last answer, found from the number of its answers. Confined to the poll thread. */
final class BrokerPulse {
    private double answers;
    private long quietSince;

    BrokerPulse(long nanos) {
        quietSince = nanos;
    }

    /** Returns whether the broker has answered since the last call: {@code answered} has grown, or its records came. */
    boolean felt(double answered, boolean gaveRecords, long nanos) {
        boolean there = answered > answers || gaveRecords;
        if (there) {
            quietSince = nanos;
        }
        answers = answered;
        return there;
    }

    /** Does not count {@code nanos} of the silence, during which this node was busy. */
    void excuse(long nanos) {
        quietSince += nanos;
    }

    long quietSince() {
        return quietSince;
    }
}
