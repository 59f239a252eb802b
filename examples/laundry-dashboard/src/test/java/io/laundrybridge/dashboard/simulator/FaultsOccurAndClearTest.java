package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsOccurAndClearTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void severalKindsOfFaultsStopMachinesInFittingPhases(long seed) {
        Set<Fault> seen = EnumSet.noneOf(Fault.class);
        for (MachineReport report : Shift.wholeMorning(seed).reports()) {
            Fault alarm = report.alarm();
            Phase phase = report.phase();
            assertThat(report.state() == MachineState.ALARM).as("%s", report).isEqualTo(alarm != null);
            if (alarm != null && phase != null) {
                seen.add(alarm);
                assertThat(alarm.strikesIn(phase)).as("%s", report).isTrue();
            }
        }
        assertThat(seen).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void staffClearsThemAndTheProgrammeGoesOn(long seed) {
        int cleared = 0;
        for (List<MachineReport> reports : Shift.wholeMorning(seed).byMachine().values()) {
            for (int i = 1; i < reports.size(); i++) {
                MachineReport before = reports.get(i - 1);
                MachineReport after = reports.get(i);
                if (before.state() == MachineState.ALARM && after.state() == MachineState.RUNNING) {
                    assertThat(after.program()).as("%s", after).isEqualTo(before.program());
                    cleared++;
                }
            }
        }
        assertThat(cleared).as("cleared alarms, seed %d", seed).isGreaterThan(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void mostMachinesWorkMostOfTheTime(long seed) {
        List<MachineReport> reports = Shift.wholeMorning(seed).reports();
        assertThat(share(reports, MachineState.RUNNING)).isBetween(0.5, 0.9);
        assertThat(share(reports, MachineState.IDLE)).isBetween(0.08, 0.45);
        assertThat(share(reports, MachineState.ALARM)).isBetween(0.002, 0.1);
        assertThat(share(reports, MachineState.OFFLINE)).isBetween(0.0, 0.05);
    }

    private static double share(List<MachineReport> reports, MachineState state) {
        return reports.stream().filter(report -> report.state() == state).count() / (double) reports.size();
    }
}
