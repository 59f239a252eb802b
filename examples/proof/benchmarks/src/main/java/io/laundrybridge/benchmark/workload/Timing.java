package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/**
 * The durations of a run.
 *
 * @param window the measured time
 * @param warmUp the age of a server when its first window begins
 * @param settle the time between the start of the producer and a window
 * @param runIn the same if a server is warmed up at a lower rate; it is part of the warm-up
 * @param drain the longest wait after a window until all clients have all events
 */
public record Timing(Duration window, Duration warmUp, Duration settle, Duration runIn, Duration drain) {
    private static final int LONGEST_RUN_IN_SECONDS = 40;

    /** Returns the timing of the command line. */
    public static Timing seconds(int window, int warmUp, boolean quick) {
        return quick
                ? new Timing(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(10))
                : new Timing(
                        Duration.ofSeconds(window),
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(Math.min(LONGEST_RUN_IN_SECONDS, warmUp / 2)),
                        Duration.ofSeconds(15));
    }
}
