package io.laundrybridge.benchmark.report;

import java.util.Locale;

/** The figures that are measured in a window. */
public enum Figure {
    RATE("deliveries/s", 0),
    CPU("CPU µs/delivery", 2),
    /** The part of it for the virtual machine's compilers; small if the server is warm. */
    COMPILERS("of it compilers", 2),
    P50("p50 ms", 1),
    P99("p99 ms", 1),
    P999("p99.9 ms", 1),
    /** The rate of the first ten seconds after the start. */
    COLD_RATE("deliveries/s, first 10 s", 0),
    COLD_CPU("CPU µs/delivery, first 10 s", 2),
    /** The lag of the client that is furthest behind, ten seconds after the start. */
    COLD_LAG("behind by ms after 10 s, worst client", 0),
    COLD_LAG_MEDIAN("behind by ms after 10 s, median client", 0),
    /** The latency of clients that stay, before others reconnect. */
    P99_TOGETHER("p99 ms with all", 1),
    P99_BEFORE("p99 ms before", 1),
    /** The cost of a delivery while all clients follow the head, beside the one of clients that catch up. */
    CPU_AT_HEAD("CPU µs/delivery at the head", 2),
    /** The time until every client was live again; a client is live if it is less than a second behind. */
    CATCH_UP("all live after s", 1),
    RESUME_RATE("events/s of those that come back", 0),
    EVENTS_A_FRAME("events/frame", 1),
    BYTES("bytes/event", 0),
    RESIDENT("RSS MiB", 0),
    RESIDENT_GROWTH("RSS grew by MiB", 1),
    LIVE_HEAP("live heap MiB", 1),
    HEAP_A_SESSION("heap bytes/session", 0),
    RESIDENT_A_SESSION("RSS KiB/session", 1),
    /** Events skipped without a gap. */
    MISSING("missing unannounced", 0),
    LATE("out of order or twice", 0),
    ANNOUNCED("missing, announced", 0),
    CLOSED("connections lost", 0),
    /** Clients without all events at the deadline after the window. */
    BEHIND("clients behind at the end", 0),
    /** The lag of the client that is furthest behind, at the end of the window. */
    LAG("behind by ms, worst client", 0),
    LAG_MEDIAN("behind by ms, median client", 0),
    /** The time from the start of the server to the start of the window. */
    AGE("s after the start", 0),
    START("start s, until all channels are live", 1),
    STOP("stop s", 1),
    /** Threads of the bridge itself, not of Kafka's clients, the container or the virtual machine. */
    THREADS("threads of the bridge", 0),
    /** Processors used while nothing happens. */
    IDLE("processors used, idle", 3),
    OFFERED("offered events/s", 0),
    DELIVERIES("deliveries", 0),
    PROCESSORS("processors used", 2),
    /** Those of the load client; near 1 means that it, which has one thread, is what limits the rate. */
    READERS("processors of the load client", 2),
    STEAL("steal %", 1);

    private final String title;
    private final int digits;

    Figure(String title, int digits) {
        this.title = title;
        this.digits = digits;
    }

    /** Its name in a report. */
    public String title() {
        return title;
    }

    /** Returns a value as reports show it. */
    public String format(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "–";
    }
}
