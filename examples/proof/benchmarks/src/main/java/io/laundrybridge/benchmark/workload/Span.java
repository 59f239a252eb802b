package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.process.Steal;
import io.laundrybridge.benchmark.report.Figure;
import java.util.Map;

/** A stretch of time in which deliveries and their costs are counted. Used by one thread. */
final class Span {
    private static final double MILLI = 1e-3;

    private final Station station;
    private final double age;
    private final Steal steal = new Steal();
    private final long produced;
    private final double cpu;
    private final double readers;
    private final long compilers;
    private final long start;

    private Span(Station station) {
        this.station = station;
        age = station.age().toMillis() * MILLI;
        station.mark();
        produced = station.produced();
        readers = station.readersCpuMicros();
        cpu = station.figures().cpuMicros();
        compilers = station.figures().compilerMicros();
        start = System.nanoTime();
    }

    /** Begins now, and counts from zero. */
    static Span begin(Station station) {
        return new Span(station);
    }

    /** Ends now; adds the figures of the time between. */
    void end(Map<Figure, Double> figures) {
        Map<String, Double> counts = station.read();
        double seconds = (System.nanoTime() - start) / 1e9;
        double spent = station.figures().cpuMicros() - cpu;
        double compiled = Math.max(0, station.figures().compilerMicros() - compilers); // threads may have ended
        long now = station.produced();
        Map<String, Double> lags = station.lags();
        Counts.rates(counts, seconds, figures);
        figures.put(Figure.CPU, spent / Counts.count(counts, "events"));
        figures.put(Figure.COMPILERS, compiled / Counts.count(counts, "events"));
        figures.put(Figure.PROCESSORS, spent / 1e6 / seconds);
        figures.put(Figure.READERS, (station.readersCpuMicros() - readers) / 1e6 / seconds);
        figures.put(Figure.OFFERED, (now - produced) / seconds);
        Counts.lags(lags, figures);
        figures.put(Figure.AGE, age);
        figures.put(Figure.RESIDENT, station.figures().residentMiB());
        figures.put(Figure.STEAL, steal.percent());
    }
}
