package io.laundrybridge.benchmark.process;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock that all processes of this machine share: microseconds since 1970. */
public final class Micros {
    private Micros() {}

    /** Now. */
    public static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
