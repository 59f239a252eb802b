package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Sends no events, and measures the memory of a session. */
final class IdleCourse implements Course {
    private static final double KIB = 1024;

    @Override
    public void prepare(Station station) {
        // clients open within the window
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        double heap = station.figures().liveHeapBytes();
        double resident = station.figures().residentMiB();
        station.openClients();
        Station.sleep(Duration.ofSeconds(1));
        double sessions = station.workload().load().clients();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.HEAP_A_SESSION, (station.figures().liveHeapBytes() - heap) / sessions);
        figures.put(Figure.RESIDENT, station.figures().residentMiB());
        figures.put(Figure.RESIDENT_A_SESSION, (station.figures().residentMiB() - resident) * KIB / sessions);
        figures.put(Figure.CLOSED, Counts.count(station.read(), "closed"));
        return figures;
    }
}
