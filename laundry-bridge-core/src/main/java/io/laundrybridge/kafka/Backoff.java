package io.laundrybridge.kafka;

import java.time.Duration;

/** Doubling pauses between tries. Confined to one thread. */
public final class Backoff {
    private final Duration shortest;
    private final Duration longest;
    private Duration next;

    public Backoff(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        this.next = shortest;
    }

    /** Returns the pause after one more failure. */
    public Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }

    /** Begins with the shortest pause again. */
    public void reset() {
        next = shortest;
    }
}
