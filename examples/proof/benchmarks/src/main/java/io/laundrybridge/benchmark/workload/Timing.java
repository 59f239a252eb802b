package io.laundrybridge.benchmark.workload;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param window that is measured
 * @param warmUp at the most, before the first window
 * @param settle after the producer has started, before a window
 * @param runIn the same where servers could not be warmed up at that rate: what only happens then is compiled meanwhile
 * @param longestRunIn how long that goes on at the most, where compilers do not rest
 * @param drain at the most, after a window, until everybody has everything
 */
public record Timing(
        Duration window, Duration warmUp, Duration settle, Duration runIn, Duration longestRunIn, Duration drain) {

    /** As the command line says. */
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
