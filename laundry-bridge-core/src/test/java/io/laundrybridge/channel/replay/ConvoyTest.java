package io.laundrybridge.channel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.PositionVector;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConvoyTest {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private final Convoy convoy = new Convoy();
    private final ReplayAccount behind = new ReplayAccount();

    @Test
    void sessionsAheadWaitForASessionThatIsExpected() {
        convoy.begins(behind, PositionVector.of(1_000), 0);
        assertThat(convoy.untilPassed(5_000, 0)).isBetween(1L, LONGEST);
        assertThat(convoy.untilPassed(1_000, 0)).as("both need the same").isZero();
        assertThat(convoy.untilPassed(500, 0)).as("it is behind itself").isZero();
        convoy.asks(behind, millis(1));
        assertThat(convoy.untilPassed(5_000, millis(1))).isZero();
    }

    @Test
    void noSessionWaitsForOneThatReadsSlowly() {
        convoy.begins(behind, PositionVector.of(1_000), 0);
        assertThat(convoy.untilPassed(5_000, LONGEST)).isZero();
        convoy.asks(behind, LONGEST);
        convoy.begins(behind, PositionVector.of(2_000), LONGEST);
        assertThat(convoy.untilPassed(5_000, LONGEST)).as("it was slow before").isZero();
        convoy.asks(behind, LONGEST + millis(1));
        convoy.begins(behind, PositionVector.of(3_000), LONGEST + millis(1));
        assertThat(convoy.untilPassed(5_000, LONGEST + millis(1)))
                .as("it reads quickly again")
                .isPositive();
    }

    @Test
    void howeverManyReadNoSessionWaitsLongerThanASecond() {
        for (int i = 0; i < 5_000; i++) {
            convoy.begins(new ReplayAccount(), PositionVector.of(i), 0);
        }
        assertThat(convoy.untilPassed(10_000, 0)).isBetween(1L, LONGEST);
        assertThat(convoy.untilPassed(10_000, LONGEST)).isZero();
        assertThat(convoy.pieces(LONGEST)).isEqualTo(5_000);
        assertThat(convoy.pieces(20 * LONGEST)).as("those that never came back").isZero();
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
