package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameSeedSameLaundryTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.laundrybridge.dashboard.simulator.Seeds#seeds")
    void reportsDoNotDependOnHowOftenTheClockTicks(long seed) {
        LaundryPlan plan = LaundryPlan.standard().seed(seed);

        Shift fine = Shift.of(plan, HALF_A_MINUTE, Duration.ofMillis(3));
        Shift coarse = Shift.of(plan, HALF_A_MINUTE, Duration.ofMillis(1_700));

        assertThat(fine.reports()).isEqualTo(coarse.reports());
    }

    @Test
    void anotherSeedIsAnotherDay() {
        Shift one = Shift.of(LaundryPlan.standard().seed(1), HALF_A_MINUTE, HALF_A_MINUTE.dividedBy(10));
        Shift other = Shift.of(LaundryPlan.standard().seed(2), HALF_A_MINUTE, HALF_A_MINUTE.dividedBy(10));

        assertThat(one.reports()).isNotEqualTo(other.reports());
    }

    @Test
    void keysAreTheSameForEverySeedAndNameSiteAndMachine() {
        var keys = new LaundrySimulator(LaundryPlan.standard().seed(1), Shift.START, report -> {}).keys();
        var others = new LaundrySimulator(LaundryPlan.standard().seed(2), Shift.START, report -> {}).keys();

        assertThat(keys).hasSize(240).doesNotHaveDuplicates().isEqualTo(others).contains("riverside/w-07");
        assertThat(keys).allMatch(key -> key.matches("[a-z-]+/[wd]-\\d{2,}"));
        assertThat(keys.stream().map(key -> key.substring(0, key.indexOf('/'))).distinct())
                .hasSize(6);
    }

    @Test
    void aLaundryOfOneMachineWorksToo() {
        Shift shift = Shift.of(LaundryPlan.standard().machines(1).rate(5), HALF_A_MINUTE, Duration.ofSeconds(1));

        assertThat(shift.byMachine()).hasSize(1);
    }
}
