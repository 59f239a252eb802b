package io.laundrybridge.session.publish;

import io.laundrybridge.limits.PublishLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The allowances of users, all their sessions together. Those that are full again are forgotten, so there are no more
 * than users who published within a window. Thread-safe.
 */
final class UserRates {
    private final PublishLimits limits;
    private final LongSupplier nanoTime;
    private final Map<String, PublishRate> byUser = new ConcurrentHashMap<>();

    UserRates(PublishLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one of {@code user}.
     *
     * @return false if none is left
     */
    boolean take(String user) {
        long now = nanoTime.getAsLong();
        boolean[] taken = new boolean[1];
        byUser.compute(user, (name, known) -> {
            PublishRate rate = known == null ? new PublishRate(limits.perUser(), limits.window(), now) : known;
            taken[0] = rate.take(now);
            return rate;
        });
        return taken[0];
    }

    /** Forgets the allowances that are full again. */
    void expire() {
        long now = nanoTime.getAsLong();
        byUser.keySet().forEach(user -> byUser.computeIfPresent(user, (name, rate) -> rate.isFull(now) ? null : rate));
    }
}
