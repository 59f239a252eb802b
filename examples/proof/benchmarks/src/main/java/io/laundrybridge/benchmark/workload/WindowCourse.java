package io.laundrybridge.benchmark.workload;

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
        Station.sleep(asWarmedUp ? station.timing().settle() : station.timing().runIn());
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
        Span span = Span.begin(station);
        double most = most(
                station,
                residentBefore,
                System.nanoTime() + station.timing().window().toNanos());
        span.end(figures);
        figures.put(Figure.RESIDENT_GROWTH, most - residentBefore);
        return figures;
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
