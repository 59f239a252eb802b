package io.laundrybridge.benchmark.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one thread has counted since the last mark. Used by that thread alone. */
final class Tally {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);

    long events;
    long frames;
    long bytes;
    /** Events that were skipped: a later one of their stream came first. */
    long missing;
    /** Events that came after a later one of their stream, or twice. */
    long late;
    /** Events that the server said would be missing. */
    long announced;
    /** Events of clients that have come back, on the way to where the others are. */
    long caughtUp;

    /** Connections that ended unasked. */
    long closed;

    /** Why the last of them did, ever. */
    String reason = "";

    /** From when an event was to be produced until it was read, of clients that read all the time. */
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

    /** As one line of {@code name=value}, times in microseconds. */
    String line() {
        return "events=" + events + " frames=" + frames + " bytes=" + bytes + " missing=" + missing + " late=" + late
                + " announced=" + announced + " caughtUp=" + caughtUp + " closed=" + closed + " p50="
                + latency.getValueAtPercentile(50) + " p99=" + latency.getValueAtPercentile(99) + " p999="
                + latency.getValueAtPercentile(99.9) + " max=" + latency.getMaxValue();
    }
}
