package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateHoldsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 400, 2_000, 20_000})
    void asManyReportsASecondAsAskedFor(int rate) {
        Shift shift = Shift.of(LaundryPlan.standard().rate(rate), Duration.ofSeconds(10), Duration.ofMillis(7));

        assertThat(shift.reports()).hasSize(10 * rate);
        assertThat(shift.reports()).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    }

    @Test
    void everyMachineGetsItsShare() {
        Shift shift = Shift.of(LaundryPlan.standard(), Duration.ofSeconds(60), Duration.ofMillis(50));

        assertThat(shift.byMachine()).hasSize(240);
        assertThat(shift.byMachine().values())
                .allSatisfy(reports -> assertThat(reports).hasSize(100));
    }

    @Test
    void aClockThatLeapsIsNotMadeUpForByAFlood() {
        List<MachineReport> reports = new ArrayList<>();
        LaundrySimulator simulator = new LaundrySimulator(LaundryPlan.standard(), Shift.START, reports::add);
        simulator.tick(Shift.START);

        int late = simulator.tick(Shift.START.plus(Duration.ofHours(3)));

        assertThat(late).isLessThanOrEqualTo(400);
        assertThat(simulator.tick(Shift.START.plus(Duration.ofHours(3)).plusSeconds(1)))
                .isEqualTo(400);
    }

    @Test
    void aRateThatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> LaundryPlan.standard().rate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate = 0")
                .hasMessageContaining("--rate");
    }
}
