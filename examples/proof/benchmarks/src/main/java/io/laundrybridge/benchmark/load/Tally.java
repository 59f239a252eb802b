package io.laundrybridge.benchmark.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The counts of one thread since the last mark. Used by that thread alone. */
final class Tally {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);

    long events;
    long frames;
    long bytes;
    /** Skipped events: a later event of their stream arrived first. */
    long missing;
    /** Events that arrived after a later one of their stream, or twice. */
    long late;
    /** Missing events that the server announced. */
    long announced;
    /** Events of clients that reconnected, while they catch up. */
    long caughtUp;

    /** Connections that ended without request. */
    long closed;

    /** Why the last such connection ended, ever. */
    String reason = "";

    /** The time from when an event was due until it was read, for clients that read all the time. */
    final Histogram latency = new Histogram(1, LONGEST, 3);

    void reset() {
        events = 0;
        frames = 0;
        bytes = 0;
        missing = 0;
        late = 0;
        announced = 0;
        caughtUp = 0;
        closed = 0;
        latency.reset();
    }

    void latency(long micros) {
        latency.recordValue(Math.max(1, Math.min(micros, LONGEST)));
    }

    void add(Tally other) {
        events += other.events;
        frames += other.frames;
        bytes += other.bytes;
        missing += other.missing;
        late += other.late;
        announced += other.announced;
        caughtUp += other.caughtUp;
        closed += other.closed;
        reason = reason.isEmpty() ? other.reason : reason;
        latency.add(other.latency);
    }

    /** Returns one line of {@code name=value}, times in microseconds. */
    String line() {
        return "events=" + events + " frames=" + frames + " bytes=" + bytes + " missing=" + missing + " late=" + late
                + " announced=" + announced + " caughtUp=" + caughtUp + " closed=" + closed + " p50="
                + latency.getValueAtPercentile(50) + " p99=" + latency.getValueAtPercentile(99) + " p999="
                + latency.getValueAtPercentile(99.9) + " max=" + latency.getMaxValue();
    }
}
