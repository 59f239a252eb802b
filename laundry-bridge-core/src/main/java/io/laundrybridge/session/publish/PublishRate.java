package io.laundrybridge.session.publish;

import java.time.Duration;

/**
 * An allowance of publishes: a number at once, refilled evenly over a window. It takes little memory, as there is one
 * per user. Thread-safe.
 */
final class PublishRate {
    private final long window;
    private final long each;
    /** When it is full again; guarded by this. */
    private long fullAt;

    PublishRate(int count, Duration window, long now) {
        this.window = window.toNanos();
        this.each = Math.max(1, this.window / count);
        this.fullAt = now;
    }

    /**
     * Takes one.
     *
     * @return false if none is left
     */
    synchronized boolean take(long now) {
        long next = (fullAt - now > 0 ? fullAt : now) + each;
        if (next - now > Math.max(window, each)) {
            return false;
        }
        fullAt = next;
        return true;
    }

    /** Returns whether nothing is used up, so that it may be forgotten. */
    synchronized boolean isFull(long now) {
        return fullAt - now <= 0;
    }
}
