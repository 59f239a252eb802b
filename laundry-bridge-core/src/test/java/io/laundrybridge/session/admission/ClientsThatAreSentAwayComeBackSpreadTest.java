package io.laundrybridge.session.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A node that lets in a thousand per second, at a time of the test, with workers that are as late as it says. */
class ClientsThatAreSentAwayComeBackSpreadTest {
    private static final int ARRIVALS = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong lateness = new AtomicLong();
    private final RetryAfter retryAfter = new RetryAfter(
            ARRIVALS, lateness::get, HostServices.standard().withClock(InstantSource.system(), nanos::get));

    private static long spread(int clients, Duration late) {
        return new RetryAfter(ARRIVALS, () -> 0, HostServices.standard()).spreadMillis(clients, late.toNanos());
    }

    private long[] refuse(int clients) {
        return LongStream.generate(retryAfter::refusedMillis).limit(clients).toArray();
    }

    @Test
    void fromARestartAsFastAsTheNodeLetsThemIn() {
        assertThat(spread(5_000, Duration.ZERO)).isEqualTo(5_000);
        assertThat(spread(1, Duration.ZERO))
                .as("a few clients see nothing of it")
                .isEqualTo(100);
        assertThat(spread(1_000_000, Duration.ZERO)).isEqualTo(60_000);
    }

    @Test
    void fromARestartUnderLoadMoreSlowly() {
        assertThat(spread(5_000, Duration.ofMillis(4))).isEqualTo(10_000);
        assertThat(spread(5_000, Duration.ofSeconds(5))).isEqualTo(40_000);
    }

    @Test
    void oneThatIsRefusedComesBackAfterASecond() {
        assertThat(refuse(1)[0]).isBetween(1_000L, 1_100L);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(refuse(1)[0]).isBetween(1_000L, 1_100L);
    }

    @Test
    void aCrowdThatIsRefusedComesBackAtATenthOfWhatTheNodeLetsIn() {
        long[] times = refuse(1_000);
        assertThat(times).isSorted();
        assertThat(times[999]).isBetween(10_900L, 11_100L);
        assertThat(refuse(100_000)).endsWith(60_000L);
    }

    @Test
    void aCrowdThatIsRefusedByALateNodeComesBackMoreSlowly() {
        lateness.set(Duration.ofSeconds(1).toNanos());
        assertThat(refuse(500)[499]).isBetween(40_900L, 41_100L);
    }
}
