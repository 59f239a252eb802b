package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Starts a server with many topics, leaves it alone until it is warm, sends events to sessions that read one topic
 * each, and stops it.
 */
final class TopicsCourse implements Course {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MILLI = 1e-3;
    private static final double MICRO = 1e-6;
    private static final double MIB = 1024 * 1024;

    @Override
    public void prepare(Station station) {
        // clients open within the window
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.START, MILLI * station.start().toMillis());
        Station.sleep(station.untilAge(station.timing().warmUp()));
        figures.put(Figure.IDLE, processors(station, station.timing().window()));
        try (TopicClients clients = TopicClients.open(
                station.address(),
                station.workload().load().clients(),
                station.workload().load().topics())) {
            produce(station, clients, figures);
            figures.put(Figure.THREADS, (double) station.figures().threads("laundry-bridge-"));
            figures.put(Figure.LIVE_HEAP, station.figures().liveHeapBytes() / MIB);
            figures.put(Figure.STOP, MILLI * station.stop(PATIENCE).toMillis());
        }
        return figures;
    }

    private static void produce(Station station, TopicClients clients, Map<Figure, Double> figures) {
        station.produce(station.workload().load().rate());
        Station.sleep(station.timing().settle());
        clients.latencies(); // counts from here
        double cpu = station.figures().cpuMicros();
        long before = clients.events();
        Station.sleep(station.timing().window());
        double deliveries = clients.events() - before;
        figures.put(Figure.CPU, (station.figures().cpuMicros() - cpu) / deliveries);
        figures.put(Figure.RATE, deliveries / (MILLI * station.timing().window().toMillis()));
        Histogram latencies = clients.latencies();
        figures.put(Figure.P50, MILLI * latencies.getValueAtPercentile(50));
        figures.put(Figure.P99, MILLI * latencies.getValueAtPercentile(99));
        figures.put(Figure.P999, MILLI * latencies.getValueAtPercentile(99.9));
        long expected = clients.expected(station.stopProducing());
        long end = System.nanoTime() + station.timing().drain().toNanos();
        while (clients.events() < expected && System.nanoTime() < end) {
            Station.sleep(Duration.ofMillis(50));
        }
        figures.put(Figure.MISSING, (double) Math.max(0, expected - clients.events()));
        figures.put(Figure.LATE, (double) Math.max(0, clients.events() - expected));
        figures.put(Figure.CLOSED, (double) clients.closed());
    }

    private static double processors(Station station, Duration window) {
        double before = station.figures().cpuMicros();
        Station.sleep(window);
        return (station.figures().cpuMicros() - before) * MICRO / (MILLI * window.toMillis());
    }
}
