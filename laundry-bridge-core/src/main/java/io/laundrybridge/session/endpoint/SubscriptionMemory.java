package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.LimitSettings.SUBSCRIPTION_BYTES;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that all subscriptions of an endpoint take together: keys, prefixes, filters, views, positions.
 * Thread-safe.
 */
public final class SubscriptionMemory {
    private final long most;
    private final Telemetry telemetry;
    private final AtomicLong held = new AtomicLong();

    SubscriptionMemory(long most, Telemetry telemetry) {
        this.most = most;
        this.telemetry = telemetry;
    }

    /**
     * Records that one subscription takes {@code to} bytes from now on, and took {@code from} before.
     *
     * @throws RefusedLineException with code {@code limit_exceeded} if it takes more than is left; then nothing
     *     changes
     */
    public void change(long from, long to) {
        if (held.addAndGet(to - from) > most && to > from) {
            held.addAndGet(from - to);
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the subscriptions of this server would take more than " + most
                            + " bytes; ask for fewer keys, or have the operator raise "
                            + SUBSCRIPTION_BYTES);
        }
        telemetry.add(Meter.SUBSCRIPTION_BYTES, "", to - from);
    }
}
