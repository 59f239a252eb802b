package io.laundrybridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The two scenarios of docs/sizing.md, with one session for each ten of a node with 50,000. */
class AFleetIsSoonLiveAgainTest {
    private static final int SESSIONS = 50_000;
    private static final int ONE_FOR = 10;
    private static final int LOAD_IS_NORMAL = 70;
    private static final int LOST = 30;

    private final long seed = Long.getLong("seed", System.nanoTime() & 0xffff);

    @Test
    void everySessionIsLiveTenSecondsAfterAnOverloadOfAMinute() {
        Fleet fleet = run(Scenario.overload(1, SESSIONS).oneFor(ONE_FOR));
        assertThat(fleet.allLiveSince(LOAD_IS_NORMAL)).isBetween(LOAD_IS_NORMAL, LOAD_IS_NORMAL + 10);
        assertThat(replayed(fleet))
                .as("what stalled pages missed is read again, once for all of them")
                .isBetween(500L, 2 * fleet.scenario().rate().dueBefore(LOAD_IS_NORMAL * Scenario.SECOND));
        assertThat(fleet.faults().dropped)
                .as("the server gives stalled pages up")
                .isGreaterThan(SESSIONS / 2 / 10 / 2);
        nothingIsLost(fleet);
    }

    @Test
    void theSessionsOfALostNodeAreLiveElsewhereWithinFiveSeconds() {
        Fleet fleet = run(Scenario.loss(19, SESSIONS).oneFor(100));
        assertThat(fleet.scenario().newcomers()).isPositive();
        assertThat(fleet.allLiveSince(LOST)).isBetween(LOST, LOST + 5);
        nothingIsLost(fleet);
    }

    @Test
    void aRunRepeatsItselfByItsSeed() {
        Scenario small = Scenario.overload(1, SESSIONS).oneFor(100);
        String first = run(small).table();
        assertThat(run(small).table()).isEqualTo(first);
        assertThat(Fleet.run(small, seed + 1).table()).isNotEqualTo(first);
    }

    private Fleet run(Scenario scenario) {
        System.out.println("seed " + seed + ": " + scenario);
        return Fleet.run(scenario, seed);
    }

    private static long replayed(Fleet fleet) {
        return fleet.seconds().stream().mapToLong(second -> second.replayed).sum();
    }

    private static void nothingIsLost(Fleet fleet) {
        assertThat(fleet.faults().missing).isZero();
        assertThat(fleet.faults().repeated).isZero();
        assertThat(fleet.faults().gaps).isZero();
    }
}
