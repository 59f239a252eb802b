package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.process.Steal;
import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Sends events to all clients; some may stop reading for the window. */
final class WindowCourse implements Course {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Override
    public Map<Figure, Double> measure(Station station) {
        Workload workload = station.workload();
        station.produce(workload.load().rate());
        boolean asWarmedUp = workload.warmRate() >= workload.load().rate();
        if (asWarmedUp) {
            Station.sleep(station.timing().settle());
        } else {
            Warmth.runIn(station);
        }
        double before = station.figures().residentMiB();
        if (workload.some() > 0) {
            station.tell("stall " + workload.some(), "stalled");
        }
        Map<Figure, Double> figures = window(station, before);
        if (workload.some() > 0) {
            station.tell("unstall " + workload.some(), "unstalled");
        }
        long produced = station.stopProducing();
        figures.put(Figure.BEHIND, (double) station.drain(produced));
        Counts.losses(station.read(), figures);
        return figures;
    }

    private static Map<Figure, Double> window(Station station, double residentBefore) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Steal steal = new Steal();
        station.mark();
        long produced = station.produced();
        double cpu = station.figures().cpuMicros();
        long compilers = station.figures().compilerMicros();
        long start = System.nanoTime();
        double most =
                most(station, residentBefore, start + station.timing().window().toNanos());
        Map<String, Double> counts = station.read();
        double seconds = (System.nanoTime() - start) / 1e9;
        double spent = station.figures().cpuMicros() - cpu;
        double compiled = Math.max(0, station.figures().compilerMicros() - compilers); // threads may have ended
        long now = station.produced();
        Counts.rates(counts, seconds, figures);
        figures.put(Figure.CPU, spent / counts.getOrDefault("events", 0.0));
        figures.put(Figure.COMPILERS, compiled / counts.getOrDefault("events", 0.0));
        figures.put(Figure.PROCESSORS, spent / 1e6 / seconds);
        figures.put(Figure.OFFERED, (now - produced) / seconds);
        figures.put(Figure.LAG, 1e3 * lag(station) / station.workload().load().rate());
        figures.put(Figure.RESIDENT, station.figures().residentMiB());
        figures.put(Figure.RESIDENT_GROWTH, most - residentBefore);
        figures.put(Figure.STEAL, steal.percent());
        return figures;
    }

    /** Due events that the client furthest behind has not received; unknown if all have their own keys. */
    private static double lag(Station station) {
        return station.workload().load().perKey() ? 0 : Math.max(0, station.due() - station.tell("lowest", "lowest"));
    }

    private static double most(Station station, double residentBefore, long until) {
        double most = residentBefore;
        while (System.nanoTime() < until) {
            Station.sleep(Duration.ofNanos(Math.min(LOOK.toNanos(), Math.max(1, until - System.nanoTime()))));
            most = Math.max(most, station.figures().residentMiB());
        }
        return most;
    }
}
