package io.laundrybridge.protocol;

import java.time.Duration;

/** The interval of a subscription that wants the newest event of each key only: 10 ms to an hour. */
public final class Every {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Every() {}

    /**
     * {@code millis} as an interval.
     *
     * @throws RefusedLineException if it is out of bounds
     */
    public static Duration millis(long millis) {
        if (millis < SHORTEST.toMillis() || millis > LONGEST.toMillis()) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST,
                    "'every' must be " + SHORTEST.toMillis() + " to " + LONGEST.toMillis() + " milliseconds");
        }
        return Duration.ofMillis(millis);
    }
}
