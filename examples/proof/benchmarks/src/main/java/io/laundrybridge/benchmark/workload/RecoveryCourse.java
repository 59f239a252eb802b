package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A new server is overloaded for a minute while some clients do not read. Then the load is normal again, and the time
 * is taken until each of the clients is live.
 *
 * @param times how many times the normal load the overload is
 */
record RecoveryCourse(int times) implements Course {
    private static final Duration OVERLOAD = Duration.ofMinutes(1);

    @Override
    public void prepare(Station station) {
        station.openClients();
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        Workload workload = station.workload();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        station.tell("return " + workload.load().clients(), "returning");
        station.produce(workload.load().rate());
        Station.sleep(station.timing().settle());
        station.stopProducing();
        station.tell("stall " + workload.some(), "stalled");
        station.produce(times * workload.load().rate());
        Station.sleep(station.timing().settle().multipliedBy(OVERLOAD.dividedBy(Duration.ofSeconds(2))));
        station.stopProducing();
        Map<String, Double> lags = station.lags();
        station.tell("unstall " + workload.some(), "unstalled");
        station.produce(workload.load().rate());
        Span recovery = Span.begin(station);
        figures.put(Figure.CATCH_UP, BehindCourse.untilLive(station));
        recovery.end(figures);
        Counts.lags(lags, figures);
        figures.put(Figure.BEHIND, (double) station.drain(station.stopProducing()));
        Counts.losses(station.read(), figures);
        return figures;
    }
}
