package io.laundrybridge.session.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.testing.CountingTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Connections that come at a time of the test, to workers that are as late as it says. */
class AStormOfConnectionsIsSpreadTest {
    private static final int LEAST = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong lateness = new AtomicLong();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final ArrivalPace pace = new ArrivalPace(
            LEAST,
            lateness::get,
            HostServices.standard()
                    .withClock(InstantSource.system(), nanos::get)
                    .withTelemetry(telemetry));

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Lets {@code count} connections in, one by one as an accepting thread does; returns how long that takes. */
    private Duration letIn(int count) {
        long began = nanos.get();
        for (int i = 0; i < count; i++) {
            nanos.addAndGet(pace.delay());
        }
        return Duration.ofNanos(nanos.get() - began);
    }

    private void late(Duration time) {
        lateness.set(time.toNanos());
    }

    @Test
    void aFewConnectionsDoNotWait() {
        for (int i = 0; i < 100; i++) {
            assertThat(letIn(10)).isZero();
            pass(Duration.ofMillis(20));
        }
        assertThat(telemetry.sum(Meter.ARRIVALS_DELAYED)).isZero();
    }

    @Test
    void atTheLeastRateAndNoSlowerIfTheWorkersAreLate() {
        late(Duration.ofSeconds(1));
        assertThat(letIn(5 * LEAST)).isBetween(Duration.ofMillis(4_900), Duration.ofMillis(5_100));
        assertThat(telemetry.sum(Meter.ARRIVALS_DELAYED)).isGreaterThan(4 * LEAST);
    }

    @Test
    void fasterWhileTheWorkersAreOnTimeAndSlowerOnceTheyAreLate() {
        assertThat(letIn(5 * LEAST)).isLessThan(Duration.ofSeconds(3));
        Duration fast = letIn(LEAST);
        late(Duration.ofMillis(5));
        letIn(5 * LEAST);
        Duration slow = letIn(LEAST);
        assertThat(slow).isGreaterThan(fast.multipliedBy(2));
    }

    @Test
    void aStormAfterACalmBeginsAtTheLeastRate() {
        letIn(20 * LEAST);
        pass(Duration.ofSeconds(1));
        late(Duration.ofMillis(2)); // neither on time nor late: the rate stays
        assertThat(letIn(LEAST)).isBetween(Duration.ofMillis(950), Duration.ofMillis(1_000));
    }
}
