package io.laundrybridge.session.admission;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;

/**
 * Spreads a storm of connections, so that open sessions do not wait for it. Connections get places in a row, at a rate
 * that rises while the workers are on time, and falls if they are late. A storm begins at the least rate. Thread-safe.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public final class ArrivalPace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Connections that were due so long ago, and did not come, may come at once. */
    private static final long BURST = TimeUnit.MILLISECONDS.toNanos(20);
    /** After so long without a connection the next one begins anew. */
    private static final long CALM = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long ON_TIME = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(4);
    private static final double FASTER = 1.1;
    private static final double SLOWER = 0.5;
    /** The greatest rate, in least rates. */
    private static final int MOST = 16;

    private final double least;
    private final LongSupplier lateness;
    private final LongSupplier nanoTime;
    private final Telemetry telemetry;

    // Guarded by this.
    private double rate;
    private long next;
    private long greatest;
    private long lookAt;

    /**
     * Makes a pace.
     *
     * @param least connections per second that are always let in
     * @param lateness for how many nanoseconds tasks of the workers wait now
     * @param services clock and telemetry
     */
    public ArrivalPace(int least, LongSupplier lateness, HostServices services) {
        this.least = least;
        this.lateness = lateness;
        this.nanoTime = services.nanoTime();
        this.telemetry = services.telemetry();
        this.rate = least;
        this.next = nanoTime.getAsLong() - BURST;
        this.lookAt = next;
    }

    /** {@return for how many nanoseconds a connection that has come should wait; it has its place then} */
    public long delay() {
        long wait = place();
        if (wait > 0) {
            telemetry.add(Meter.ARRIVALS_DELAYED, "", 1);
        }
        return wait;
    }

    private synchronized long place() {
        long now = nanoTime.getAsLong();
        if (now - next >= CALM) {
            rate = least;
            lookAt = now;
            greatest = 0;
        }
        adapt(now);
        next = Math.max(next, now - BURST) + (long) (SECOND / rate);
        return Math.max(0, next - now);
    }

    private void adapt(long now) {
        greatest = Math.max(greatest, lateness.getAsLong());
        if (now - lookAt >= LOOK) {
            if (greatest >= LATE) {
                rate = Math.max(least, rate * SLOWER);
            } else if (greatest < ON_TIME) {
                rate = Math.min(least * MOST, rate * FASTER);
            }
            lookAt = now;
            greatest = 0;
        }
    }
}
