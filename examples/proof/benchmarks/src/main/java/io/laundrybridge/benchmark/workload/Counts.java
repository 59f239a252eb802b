package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.util.Map;

/** Makes figures from the counts of the load client. */
final class Counts {
    private static final double MILLI = 1e-3;

    private Counts() {}

    static void rates(Map<String, Double> counts, double seconds, Map<Figure, Double> figures) {
        double events = count(counts, "events");
        figures.put(Figure.DELIVERIES, events);
        figures.put(Figure.RATE, events / seconds);
        figures.put(Figure.EVENTS_A_FRAME, events / count(counts, "frames"));
        figures.put(Figure.BYTES, count(counts, "bytes") / events);
        figures.put(Figure.P50, MILLI * count(counts, "p50"));
        figures.put(Figure.P99, MILLI * count(counts, "p99"));
        figures.put(Figure.P999, MILLI * count(counts, "p999"));
    }

    /** Adds how far the client furthest behind is, and the median client; {@code lags} are {@link Listeners#lags}. */
    static void lags(Map<String, Double> lags, Map<Figure, Double> figures) {
        figures.put(Figure.LAG, MILLI * count(lags, "max"));
        figures.put(Figure.LAG_MEDIAN, MILLI * count(lags, "p50"));
    }

    static void losses(Map<String, Double> counts, Map<Figure, Double> figures) {
        figures.put(Figure.MISSING, count(counts, "missing"));
        figures.put(Figure.LATE, count(counts, "late"));
        figures.put(Figure.ANNOUNCED, count(counts, "announced"));
        figures.put(Figure.CLOSED, count(counts, "closed"));
    }

    static double count(Map<String, Double> counts, String name) {
        return counts.getOrDefault(name, 0.0);
    }
}
