package io.laundrybridge.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.LogTape;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock that is about to turn negative
    private final LogTape tape = new LogTape();
    private final RateLimitedLog log = new RateLimitedLog(tape.logger(), nanos::get);

    @Test
    void logsTheFirstAtOnceAndOthersOnceInTenSecondsWithTheNumberLeftOut() {
        for (int i = 0; i < 100; i++) {
            log.warn("It failed", null);
            nanos.addAndGet(Duration.ofMillis(99).toNanos());
        }
        assertThat(tape.warnings()).containsExactly("It failed");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        log.warn("It failed", null);
        assertThat(tape.warnings()).containsExactly("It failed", "It failed (99 more like it were not logged)");
    }
}
