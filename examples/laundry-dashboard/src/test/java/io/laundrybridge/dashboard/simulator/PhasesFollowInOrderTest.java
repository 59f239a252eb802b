package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhasesFollowInOrderTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void everyCycleGoesThroughTheProgrammesPhases(long seed) {
        int whole = 0;
        for (List<MachineReport> reports : Shift.wholeMorning(seed).byMachine().values()) {
            List<List<MachineReport>> cycles = cycles(reports);
            for (List<MachineReport> cycle : cycles.subList(1, Math.max(1, cycles.size() - 1))) {
                assertThat(phases(cycle)).as("seed %d, %s", seed, cycle.get(0)).isEqualTo(expected(cycle.get(0)));
                whole++;
            }
        }
        assertThat(whole).as("whole cycles").isGreaterThan(60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void progressNeverFallsWithinACycle(long seed) {
        for (List<MachineReport> reports : Shift.wholeMorning(seed).byMachine().values()) {
            for (List<MachineReport> cycle : cycles(reports)) {
                assertThat(cycle.stream().map(MachineReport::progress).toList())
                        .as("seed %d, %s", seed, cycle.get(0))
                        .isSorted();
            }
        }
    }

    /** Runs of reports with a programme; the first and the last may be cut off. */
    private static List<List<MachineReport>> cycles(List<MachineReport> reports) {
        List<List<MachineReport>> cycles = new ArrayList<>();
        List<MachineReport> open = new ArrayList<>();
        for (MachineReport report : reports) {
            if (report.program() != null) {
                open.add(report);
            } else if (!open.isEmpty()) {
                cycles.add(open);
                open = new ArrayList<>();
            }
        }
        cycles.add(open);
        return cycles.stream().filter(cycle -> !cycle.isEmpty()).toList();
    }

    private static List<Phase> phases(List<MachineReport> cycle) {
        List<Phase> phases = new ArrayList<>();
        for (MachineReport report : cycle) {
            Phase phase = report.phase();
            if (phase != null && (phases.isEmpty() || phases.get(phases.size() - 1) != phase)) {
                phases.add(phase);
            }
        }
        return phases;
    }

    private static List<Phase> expected(MachineReport first) {
        return Stream.of(MachineKind.values())
                .flatMap(kind -> Programme.of(kind).stream())
                .filter(programme -> Objects.equals(programme.name(), first.program()))
                .findFirst()
                .orElseThrow()
                .phases();
    }
}
