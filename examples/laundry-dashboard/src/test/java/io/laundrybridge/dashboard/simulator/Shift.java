package io.laundrybridge.dashboard.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a laundry reported over some time, in order. */
record Shift(List<MachineReport> reports) {
    static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

    static Shift of(LaundryPlan plan, Duration length, Duration step) {
        List<MachineReport> reports = new ArrayList<>();
        LaundrySimulator simulator = new LaundrySimulator(plan, START, reports::add);
        Instant end = START.plus(length);
        for (Instant now = START; now.isBefore(end); now = now.plus(step)) {
            simulator.tick(now);
        }
        simulator.tick(end.minusNanos(1));
        return new Shift(reports);
    }

    /** Sixty machines over forty minutes of the clock, which is close to seven hours of theirs. */
    static Shift wholeMorning(long seed) {
        LaundryPlan plan = LaundryPlan.standard().machines(60).rate(60).seed(seed);
        return of(plan, Duration.ofMinutes(40), Duration.ofSeconds(1));
    }

    Map<String, List<MachineReport>> byMachine() {
        Map<String, List<MachineReport>> machines = new LinkedHashMap<>();
        reports.forEach(report ->
                machines.computeIfAbsent(report.key(), key -> new ArrayList<>()).add(report));
        return machines;
    }
}
