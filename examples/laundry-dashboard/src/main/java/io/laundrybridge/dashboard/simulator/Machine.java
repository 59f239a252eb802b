package io.laundrybridge.dashboard.simulator;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One washer or dryer: idle, at work, in alarm, now and then out of reach. All durations are the machine's own time.
 */
final class Machine {
    /** Longest step that is integrated at once, in seconds; the tumbling motor changes every few seconds. */
    private static final double STEP = 2;

    private static final double FAULTY_CYCLES = 0.09;
    private static final double CYCLES_WITH_OUTAGE = 0.03;

    private final String site;
    private final String name;
    private final MachineKind kind;
    private final double capacity;
    private final Drum drum;
    private final RandomGenerator random;

    private @Nullable Cycle cycle;
    private @Nullable Fault alarm;
    /** Seconds of idling, or of waiting for staff, that are left. */
    private double waiting;
    /** Seconds until the network drops; negative while it is gone. */
    private double outageIn = Double.MAX_VALUE;

    private double outageLeft;

    Machine(String site, String name, MachineKind kind, double capacity, RandomGenerator random) {
        this.site = site;
        this.name = name;
        this.kind = kind;
        this.capacity = capacity;
        this.random = random;
        this.drum = kind == MachineKind.WASHER ? new WashDrum(capacity) : new DryDrum(capacity);
        this.waiting = between(0, 1_200);
    }

    String key() {
        return site + '/' + name;
    }

    /** Lives through some seconds. */
    void advance(double seconds) {
        for (double left = seconds; left > 0; left -= STEP) {
            step(Math.min(left, STEP));
        }
    }

    MachineReport report(Instant time) {
        Cycle running = cycle;
        boolean offline = outageLeft > 0;
        return new MachineReport(
                site,
                name,
                kind,
                running == null ? null : running.programme().name(),
                running == null ? null : running.phase(),
                running == null ? 0 : Math.round(running.progress() * 1_000) / 1_000.0,
                offline ? null : Readings.of(drum, random),
                offline ? MachineState.OFFLINE : state(),
                offline ? null : alarm,
                time);
    }

    private MachineState state() {
        if (alarm != null) {
            return MachineState.ALARM;
        }
        return cycle == null ? MachineState.IDLE : MachineState.RUNNING;
    }

    private void step(double seconds) {
        network(seconds);
        if (alarm != null) {
            awaitStaff(seconds);
        } else if (cycle == null) {
            idle(seconds);
        } else {
            run(cycle, seconds);
        }
    }

    private void network(double seconds) {
        outageLeft -= seconds;
        outageIn -= seconds;
        if (outageIn <= 0) {
            outageIn = Double.MAX_VALUE;
            outageLeft = between(200, 700);
        }
    }

    private void awaitStaff(double seconds) {
        drum.rest(seconds);
        waiting -= seconds;
        if (waiting <= 0) {
            alarm = null;
        }
    }

    private void idle(double seconds) {
        drum.rest(seconds);
        waiting -= seconds;
        if (waiting <= 0) {
            begin();
        } else if (waiting < 240) {
            drum.empty();
        }
    }

    private void run(Cycle running, double seconds) {
        alarm = running.advance(seconds);
        if (alarm != null) {
            drum.rest(0);
            waiting = between(300, 1_500);
        } else if (running.finished()) {
            cycle = null;
            drum.rest(0);
            waiting = between(180, 1_600);
        }
    }

    private void begin() {
        List<Programme> programmes = Programme.of(kind);
        Programme programme = programmes.get(random.nextInt(programmes.size()));
        drum.load(capacity * between(0.45, 0.95));
        cycle = new Cycle(programme, drum, drawFault(programme), between(0.1, 0.9));
        if (random.nextDouble() < CYCLES_WITH_OUTAGE) {
            outageIn = between(0, programme.seconds());
        }
    }

    private @Nullable Fault drawFault(Programme programme) {
        if (random.nextDouble() >= FAULTY_CYCLES) {
            return null;
        }
        List<Fault> possible = List.of(Fault.values()).stream()
                .filter(fault -> programme.phases().stream().anyMatch(fault::strikesIn))
                .toList();
        return possible.get(random.nextInt(possible.size()));
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
