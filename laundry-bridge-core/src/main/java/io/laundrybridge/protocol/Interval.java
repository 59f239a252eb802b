package io.laundrybridge.protocol;

import java.time.Duration;

/** The intervals and times that a request may give, each with its bounds. */
public enum Interval {
    /** The interval at which the newest event of each key is sent: 10 ms to an hour. */
    EVERY("every", Duration.ofHours(1)),
    /** The longest time for which events are gathered before a frame: 10 ms to a minute. */
    FLUSH("flush", Duration.ofMinutes(1)),
    /** The longest time for which a place is waited for: 10 ms to 10 minutes. */
    WITHIN("within", Duration.ofMinutes(10));

    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final String field;
    private final Duration longest;

    Interval(String field, Duration longest) {
        this.field = field;
        this.longest = longest;
    }

    /** Returns the name of the field that requests it. */
    public String field() {
        return field;
    }

    /** Returns whether {@code interval} is within the bounds. */
    public boolean allows(Duration interval) {
        return interval.compareTo(SHORTEST) >= 0 && interval.compareTo(longest) <= 0;
    }

    /**
     * Returns {@code millis} as an interval.
     *
     * @throws RefusedLineException if it is out of bounds
     */
    public Duration millis(long millis) {
        Duration interval = Duration.ofMillis(millis);
        if (!allows(interval)) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST,
                    "'" + field + "' must be " + SHORTEST.toMillis() + " to " + longest.toMillis() + " milliseconds");
        }
        return interval;
    }
}
