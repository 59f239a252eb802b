package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Measures how old events are when they are sent. It measures one event per millisecond at most, so that a fan-out to
 * many sessions costs one look at the clock per frame. A wall clock that throws costs the measure, never the session.
 * Confined to its worker.
 */
public final class EventAges {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final HostServices services;
    private final RateLimitedLog failures;
    private long measuredAt;

    public EventAges(HostServices services) {
        this.services = services;
        this.failures = new RateLimitedLog(LoggerFactory.getLogger("io.laundrybridge.session"), services.nanoTime());
        this.measuredAt = services.nanoTime().getAsLong() - PAUSE_NANOS;
    }

    /** Measures the first event of {@code run}, which is about to be sent, unless one was measured just now. */
    public void sent(String channel, Run run) {
        long now = services.nanoTime().getAsLong();
        if (now - measuredAt >= PAUSE_NANOS) {
            measuredAt = now;
            LogEntry first = run.entry(run.first());
            if (first.isEvent()) {
                measure(channel, first);
            }
        }
    }

    private void measure(String channel, LogEntry event) {
        try {
            long millis = services.clock().millis() - event.timestamp();
            services.telemetry().time(Meter.EVENT_AGE, channel, Math.max(0, millis) * NANOS_A_MILLI);
        } catch (Throwable e) {
            failures.warn("The clock threw; the age of an event is not measured", e);
        }
    }
}
