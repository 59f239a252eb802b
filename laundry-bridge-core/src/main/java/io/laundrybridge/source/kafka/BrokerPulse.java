package io.laundrybridge.source.kafka;

/** When one broker last answered, told from the number of its answers. Confined to the poll thread. */
final class BrokerPulse {
    private double answers;
    private long quietSince;

    BrokerPulse(long nanos) {
        quietSince = nanos;
    }

    /**
     * Returns whether the broker has answered since the last time: there are {@code answered} now, or records of its
     * came.
     */
    boolean felt(double answered, boolean gaveRecords, long nanos) {
        boolean there = answered > answers || gaveRecords;
        if (there) {
            quietSince = nanos;
        }
        answers = answered;
        return there;
    }

    /** So many nanoseconds of the silence were ours. */
    void excuse(long nanos) {
        quietSince += nanos;
    }

    long quietSince() {
        return quietSince;
    }
}
