package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.process.Steal;
import io.laundrybridge.benchmark.report.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Many clients leave, and reconnect after they have missed events, while the timed clients stay.
 *
 * @param missed events
 * @param within the time over which their connections are spread; zero for all at once
 */
record ResumeCourse(int missed, Duration within) implements Course {
    private static final int PARTS = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public void prepare(Station station) {
        station.openClients();
        station.openCrowd(station.workload().some());
        Warmth.reach(station, station.timing().settle());
    }

    @Override
    public Map<Figure, Double> measure(Station station) {
        Workload workload = station.workload();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Steal steal = new Steal();
        station.produce(workload.load().rate());
        settle(station);
        Station.sleep(station.timing().window());
        figures.put(Figure.P99_TOGETHER, p99(station));
        station.crowd().tell("drop " + workload.some(), "dropped");
        settle(station);
        long enough = missed * 1_000L / workload.load().rate();
        Station.sleep(
                Duration.ofMillis(Math.min(enough, 2 * station.timing().window().toMillis())));
        figures.put(Figure.P99_BEFORE, p99(station));
        comeBack(station, figures);
        figures.put(Figure.BEHIND, (double) station.drain(station.stopProducing()));
        Counts.losses(station.read(), figures);
        figures.put(Figure.RESIDENT, station.figures().residentMiB());
        figures.put(Figure.STEAL, steal.percent());
        return figures;
    }

    private static void settle(Station station) {
        Station.sleep(station.timing().settle());
        station.mark();
    }

    private static double p99(Station station) {
        return 1e-3 * Counts.count(station.read(), "p99");
    }

    private void back(Station station) {
        int some = station.workload().some();
        long target = station.produced();
        for (int part = within.isZero() ? PARTS : 1; part <= PARTS; part++) {
            station.crowd().tell("back " + (long) some * part / PARTS + " " + target, "back");
            Station.sleep(within.dividedBy(PARTS));
        }
    }

    private void comeBack(Station station, Map<Figure, Double> figures) {
        station.mark();
        double cpu = station.figures().cpuMicros();
        long start = System.nanoTime();
        back(station);
        long deadline = start + PATIENCE.toNanos();
        while (station.crowd().tell("catching", "catching") > 0 && System.nanoTime() < deadline) {
            Station.sleep(Duration.ofMillis(10));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> counts = station.read();
        double spent = station.figures().cpuMicros() - cpu;
        Counts.rates(counts, seconds, figures);
        figures.put(Figure.CPU, spent / Counts.count(counts, "events"));
        figures.put(Figure.CATCH_UP, seconds);
        figures.put(Figure.RESUME_RATE, Counts.count(counts, "caughtUp") / seconds);
    }
}
