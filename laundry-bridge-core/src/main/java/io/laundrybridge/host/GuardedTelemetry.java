package io.laundrybridge.host;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/** Wraps the host's telemetry: its exceptions and errors are logged and have no other effect. */
final class GuardedTelemetry implements Telemetry {
    private final Telemetry receiver;
    private final RateLimitedLog failures;

    private GuardedTelemetry(Telemetry receiver, LongSupplier nanoTime) {
        this.receiver = receiver;
        this.failures = new RateLimitedLog(LoggerFactory.getLogger(Telemetry.class), nanoTime);
    }

    static Telemetry of(Telemetry receiver, LongSupplier nanoTime) {
        boolean safe = receiver.equals(NONE) || receiver instanceof GuardedTelemetry;
        return safe ? receiver : new GuardedTelemetry(receiver, nanoTime);
    }

    @Override
    public void add(Meter meter, String label, long amount) {
        try {
            receiver.add(meter, label, amount);
        } catch (Throwable e) {
            failed(meter, e);
        }
    }

    @Override
    public void time(Meter meter, String label, long nanos) {
        try {
            receiver.time(meter, label, Math.max(0, nanos));
        } catch (Throwable e) {
            failed(meter, e);
        }
    }

    @Override
    public Runnable observe(Meter meter, String label, LongSupplier value) {
        try {
            Runnable end = receiver.observe(meter, label, value);
            return () -> end(meter, end);
        } catch (Throwable e) {
            failed(meter, e);
            return () -> {};
        }
    }

    private void end(Meter meter, Runnable end) {
        try {
            end.run();
        } catch (Throwable e) {
            failed(meter, e);
        }
    }

    private void failed(Meter meter, Throwable e) {
        failures.warn("The telemetry threw at meter " + meter.meterName() + "; the bridge goes on without it", e);
    }
}
