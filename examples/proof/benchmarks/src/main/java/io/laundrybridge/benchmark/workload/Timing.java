package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/**
 * The durations of a run.
 *
 * @param window the measured time
 * @param warmUp the longest warm-up before the first window
 * @param settle the time between the start of the producer and a window
 * @param runIn the same if servers could not be warmed up at that rate, so that the remaining code is compiled
 * @param longestRunIn the longest such time if compilers do not rest
 * @param drain the longest wait after a window until all clients have all events
 */
public record Timing(
        Duration window, Duration warmUp, Duration settle, Duration runIn, Duration longestRunIn, Duration drain) {

    /** Returns the timing of the command line. */
    public static Timing seconds(int window, int warmUp, boolean quick) {
        return quick
                ? new Timing(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(10))
                : new Timing(
                        Duration.ofSeconds(window),
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(15));
    }
}
