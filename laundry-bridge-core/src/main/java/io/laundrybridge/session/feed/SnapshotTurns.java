package io.laundrybridge.session.feed;

import io.laundrybridge.limits.SnapshotLimits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times at which one session began snapshots of one channel. It allows only a few large ones per minute. Confined
 * to its worker.
 */
public final class SnapshotTurns {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SnapshotLimits limits;
    private final long[] began; // a ring
    private long count;

    public SnapshotTurns(SnapshotLimits limits) {
        this.limits = limits;
        this.began = new long[limits.perMinute()];
    }

    /** Returns how long a snapshot may stay unread before it is dropped. */
    Duration deadline() {
        return limits.deadline();
    }

    /** Returns the nanoseconds until a snapshot of {@code bytes} may begin; 0 if it may now. */
    public long until(long now, long bytes) {
        boolean free = bytes <= limits.freeBytes() || count < began.length;
        return free ? 0 : Math.max(0, began[(int) (count % began.length)] + MINUTE_NANOS - now);
    }

    /** Counts a snapshot of {@code bytes}, which begins. */
    void began(long now, long bytes) {
        if (bytes > limits.freeBytes()) {
            began[(int) (count++ % began.length)] = now;
        }
    }
}
