package io.laundrybridge.session.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how often an address may connect, by a token bucket per address. It keeps only buckets that are not full, and
 * a bounded number of them; further addresses share one. Not thread-safe.
 */
final class HandshakeRate {
    static final int ADDRESSES = 16_384;
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final double perNano;
    private final double capacity;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private long sweptAt;

    HandshakeRate(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perNano = perSecond / NANOS;
        this.capacity = (double) perSecond * BURST_SECONDS;
        this.sweptAt = nanoTime.getAsLong();
    }

    private static final class Bucket {
        double spent;
        long at;
    }

    /** Counts a handshake of {@code address}; false if there are too many. */
    boolean take(String address) {
        long now = nanoTime.getAsLong();
        if (buckets.size() >= ADDRESSES && !buckets.containsKey(address)) {
            sweep(now);
        }
        boolean own = buckets.size() < ADDRESSES || buckets.containsKey(address);
        Bucket bucket = buckets.computeIfAbsent(own ? address : "", any -> new Bucket());
        bucket.spent = left(bucket, now);
        bucket.at = now;
        if (bucket.spent + 1 > capacity) {
            return false;
        }
        bucket.spent++;
        return true;
    }

    /** Returns the number of addresses that have a bucket. */
    int size() {
        return buckets.size();
    }

    private double left(Bucket bucket, long now) {
        return Math.max(0, bucket.spent - (now - bucket.at) * perNano);
    }

    /** At most once per second, because it looks at all of them. */
    private void sweep(long now) {
        if (now - sweptAt >= NANOS) {
            sweptAt = now;
            buckets.values().removeIf(bucket -> left(bucket, now) == 0);
        }
    }
}
