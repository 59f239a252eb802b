package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CurvesStayPhysicalTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void readingsStayWithinWhatSuchMachinesCanDo(long seed) {
        for (MachineReport report : Shift.wholeMorning(seed).reports()) {
            Readings readings = report.readings();
            if (readings == null) {
                assertThat(report.state()).isEqualTo(MachineState.OFFLINE);
                continue;
            }
            assertThat(readings.temperature()).as("%s", report).isBetween(10.0, 100.0);
            assertThat(readings.load()).as("%s", report).isBetween(0.0, 14 * 3.5);
            assertThat(readings.power()).as("%s", report).isBetween(0.0, 9_500.0);
            assertThat(report.progress()).as("%s", report).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void temperatureNeverJumpsFurtherThanColdWaterMakesIt(long seed) {
        for (List<MachineReport> reports : Shift.wholeMorning(seed).byMachine().values()) {
            for (int i = 1; i < reports.size(); i++) {
                Readings before = reports.get(i - 1).readings();
                Readings after = reports.get(i).readings();
                if (before != null && after != null) {
                    String step = reports.get(i - 1) + " -> " + reports.get(i);
                    assertThat(Math.abs(after.temperature() - before.temperature()))
                            .as(step)
                            .isLessThan(20);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void aWashReachesItsTemperature(long seed) {
        List<Double> washing = Shift.wholeMorning(seed).reports().stream()
                .filter(report -> "cotton-60".equals(report.program()) && report.phase() == Phase.WASH)
                .map(MachineReport::readings)
                .filter(Objects::nonNull)
                .map(Readings::temperature)
                .toList();
        assertThat(washing)
                .isNotEmpty()
                .allSatisfy(temperature -> assertThat(temperature).isBetween(45.0, 68.0));
        assertThat(washing.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isBetween(57.0, 62.0);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void aDryerTakesWaterOut(long seed) {
        for (List<MachineReport> reports : Shift.wholeMorning(seed).byMachine().values()) {
            for (int i = 1; i < reports.size(); i++) {
                MachineReport before = reports.get(i - 1);
                MachineReport after = reports.get(i);
                if (drying(before) && drying(after)) {
                    assertThat(weight(after)).as("%s", after).isLessThanOrEqualTo(weight(before) + 0.15);
                }
            }
        }
    }

    private static boolean drying(MachineReport report) {
        return report.phase() == Phase.DRY && report.readings() != null;
    }

    private static double weight(MachineReport report) {
        Readings readings = report.readings();
        return readings == null ? 0 : readings.load();
    }
}
