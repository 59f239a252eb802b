package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.LimitSettings.PACED_SUBSCRIPTIONS;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds how many subscriptions of an endpoint play the past at a pace. Thread-safe. */
public final class PacedSubscriptions {
    private final int most;
    private final Telemetry telemetry;
    private final AtomicInteger count = new AtomicInteger();

    PacedSubscriptions(int most, Telemetry telemetry) {
        this.most = most;
        this.telemetry = telemetry;
    }

    /**
     * Counts one more, or one less.
     *
     * @throws RefusedLineException with code {@code busy} if it would be one too many; then nothing changes
     */
    public void change(boolean more) {
        if (more && count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw new RefusedLineException(
                    ErrorCode.BUSY,
                    "this server plays " + most + " subscriptions at a pace already; try again later, or without"
                            + " 'pace', or have the operator raise " + PACED_SUBSCRIPTIONS);
        }
        if (!more) {
            count.decrementAndGet();
        }
        telemetry.add(Meter.PACED_SUBSCRIPTIONS, "", more ? 1 : -1);
    }
}
