package io.laundrybridge.simulation;

/** How far sessions are behind, in buckets that are a sixteenth wide. */
final class Lags {
    private static final int PARTS = 16;
    private static final int BUCKETS = 40 * PARTS;

    private final long[] counts = new long[BUCKETS];
    private long total;
    private long greatest;

    void add(long millis) {
        counts[bucket(millis)]++;
        total++;
        greatest = Math.max(greatest, millis);
    }

    void add(Lags other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        greatest = Math.max(greatest, other.greatest);
    }

    long greatest() {
        return greatest;
    }

    /** Returns the number of sessions that are at most {@code millis} behind, to the bucket. */
    long within(long millis) {
        long sum = 0;
        for (int i = 0; i <= bucket(millis); i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** Returns the lag in milliseconds below which {@code share} of the sessions are. */
    long percentile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts[i];
            if (sum >= wanted) {
                return Math.min(greatest, lowest(i + 1));
            }
        }
        return greatest;
    }

    private static int bucket(long millis) {
        if (millis < PARTS) {
            return (int) millis;
        }
        int power = 63 - Long.numberOfLeadingZeros(millis);
        int part = (int) (millis >>> (power - 4)) - PARTS;
        return Math.min(BUCKETS - 1, (power - 3) * PARTS + part);
    }

    private static long lowest(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int power = bucket / PARTS + 3;
        return (long) (PARTS + bucket % PARTS) << (power - 4);
    }
}
