package io.laundrybridge.session.admission;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;

/**
 * Decides when clients that are sent away should come back: so many per second as the node lets in, and fewer while it
 * is late. Thread-safe.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public final class RetryAfter {
    /** Users of a few clients should see nothing of a restart. */
    private static final long LEAST_SPREAD_MILLIS = 100;
    /** The time that a client that was refused waits at the least: what it lacks has not come in less. */
    private static final long LEAST_REFUSED = TimeUnit.SECONDS.toNanos(1);
    /** The longest wait of {@code retryAfter}. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    /** Clients that were refused may be so again, so they may take this part of what the node lets in. */
    private static final double PART_OF_REFUSED = 0.1;

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double LATE = TimeUnit.MILLISECONDS.toNanos(4);
    /** The least part of the rate, of a node that is very late. */
    private static final double LEAST_PART = 0.125;

    private final double arrivals;
    private final LongSupplier lateness;
    private final LongSupplier nanoTime;

    private long next; // guarded by this

    /**
     * Makes one.
     *
     * @param arrivals connections per second that the node always lets in
     * @param lateness for how many nanoseconds tasks of the workers wait now
     * @param services the clock
     */
    public RetryAfter(int arrivals, LongSupplier lateness, HostServices services) {
        this.arrivals = arrivals;
        this.lateness = lateness;
        this.nanoTime = services.nanoTime();
        this.next = nanoTime.getAsLong();
    }

    /**
     * {@return the milliseconds over which clients that leave now should come back, each at random}
     *
     * @param clients how many they are
     * @param late for how many nanoseconds tasks of the workers wait now
     */
    public long spreadMillis(int clients, long late) {
        long millis = (long) (clients * 1_000 / rate(late));
        return Math.max(LEAST_SPREAD_MILLIS, Math.min(TimeUnit.NANOSECONDS.toMillis(LONGEST), millis));
    }

    /** {@return the milliseconds after which a client refused now should come back: each gets the next place} */
    public synchronized long refusedMillis() {
        long now = nanoTime.getAsLong();
        next = Math.max(next - now, LEAST_REFUSED)
                + now
                + (long) (SECOND / (rate(lateness.getAsLong()) * PART_OF_REFUSED));
        next = Math.min(next - now, LONGEST) + now;
        return TimeUnit.NANOSECONDS.toMillis(next - now);
    }

    private double rate(long late) {
        return arrivals * Math.max(LEAST_PART, 1 / (1 + late / LATE));
    }
}
