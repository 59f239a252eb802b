package io.laundrybridge.session;

import java.util.function.LongSupplier;

/** A token bucket: so many requests at once, refilled evenly over the window. Confined to one caller at a time. */
final class RequestBudget {
    private final LongSupplier nanoTime;
    private final double perNano;
    private final double capacity;
    private double tokens;
    private long filledAt;

    RequestBudget(InboundLimits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.capacity = limits.requests();
        this.perNano = capacity / Math.max(1, limits.window().toNanos());
        this.tokens = capacity;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Takes one request out of the budget, if there is one. */
    boolean spend() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
