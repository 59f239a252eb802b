package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Sends events at the full rate from the moment at which a new server has its clients: no warm-up at all. */
final class ColdCourse implements Course {
    private static final double MILLI = 1e-3;
    private static final Duration COLD = Duration.ofSeconds(10);

    @Override
    public void prepare(Station station) {
        station.openClients();
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.START, MILLI * station.start().toMillis());
        station.produce(station.workload().load().rate());
        Span cold = Span.begin(station);
        Station.sleep(shorter(COLD, station.timing().warmUp()));
        cold.end(figures);
        figures.put(Figure.COLD_RATE, figures.get(Figure.RATE));
        figures.put(Figure.COLD_CPU, figures.get(Figure.CPU));
        figures.put(Figure.COLD_LAG, figures.get(Figure.LAG));
        figures.put(Figure.COLD_LAG_MEDIAN, figures.get(Figure.LAG_MEDIAN));
        Station.sleep(station.untilAge(station.timing().warmUp()));
        double missed = Counts.count(station.read(), "missing");
        Span later = Span.begin(station);
        Station.sleep(station.timing().window());
        later.end(figures);
        figures.put(Figure.BEHIND, (double) station.drain(station.stopProducing()));
        Counts.losses(station.read(), figures);
        figures.merge(Figure.MISSING, missed, Double::sum);
        return figures;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
