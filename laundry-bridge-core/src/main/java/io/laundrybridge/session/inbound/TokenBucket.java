package io.laundrybridge.session.inbound;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An amount that may be used at once and is refilled evenly over a window. Confined to one caller at a time. */
final class TokenBucket {
    private final LongSupplier nanoTime;
    private final double perNano;
    private final double capacity;
    private double tokens;
    private long filledAt;

    /** Makes a full bucket of {@code capacity}; an empty one is full again after {@code window}. */
    TokenBucket(double capacity, Duration window, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.capacity = capacity;
        this.perNano = capacity / Math.max(1, window.toNanos());
        this.tokens = capacity;
        this.filledAt = nanoTime.getAsLong();
    }

    /**
     * Takes {@code amount}, if the bucket holds so much.
     *
     * @return whether it was taken
     */
    boolean spend(double amount) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
}
