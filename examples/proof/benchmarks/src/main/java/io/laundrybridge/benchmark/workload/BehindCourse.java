package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * All clients leave and come back at once, each at another place of the past, while events go on. The cost of a
 * delivery until all are live is compared with the cost at the head.
 *
 * @param seconds how far back the last of them is
 */
record BehindCourse(int seconds) implements Course {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    @Override
    public void prepare(Station station) {
        station.openClients();
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        int rate = station.workload().load().rate();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        station.produce(rate);
        long back = Math.min(seconds, 3 * station.timing().window().toSeconds());
        Station.sleep(Duration.ofSeconds(back));
        Span head = Span.begin(station);
        Station.sleep(station.timing().window());
        head.end(figures);
        figures.put(Figure.CPU_AT_HEAD, figures.get(Figure.CPU));
        Span behind = Span.begin(station);
        station.tell("scatter " + back * rate + " " + station.produced(), "scattered");
        figures.put(Figure.CATCH_UP, untilLive(station));
        behind.end(figures);
        figures.put(Figure.BEHIND, (double) station.drain(station.stopProducing()));
        Counts.losses(station.read(), figures);
        return figures;
    }

    /** Waits until every client is live, within bounds; returns the seconds. */
    static double untilLive(Station station) {
        long start = System.nanoTime();
        while (!allLive(station) && System.nanoTime() - start < PATIENCE.toNanos()) {
            Station.sleep(LOOK);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean allLive(Station station) {
        return station.tell("catching", "catching") == 0
                && Counts.count(station.lags(), "live")
                        == station.workload().load().clients();
    }
}
