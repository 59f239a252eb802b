package io.laundrybridge.warmup;

/** Decides when rounds no longer get faster. Not thread-safe. */
final class Pace {
    /** The rounds among which the fastest is looked for: one round alone may have had no processor. */
    private static final int RECENT = 8;
    /** The part of the time by which a round must be faster to count as such. */
    private static final double WORTH_IT = 0.05;

    private long rounds;
    private long first;
    private long fastest = Long.MAX_VALUE;
    private long fastestAt;

    /** Adds a round that took {@code nanos}. */
    void add(long nanos) {
        if (rounds++ == 0) {
            first = nanos;
        }
        if (nanos < fastest * (1 - WORTH_IT)) {
            fastest = nanos;
            fastestAt = rounds;
        }
    }

    /** Returns whether the recent rounds brought nothing. */
    boolean isSettled() {
        return rounds - fastestAt >= RECENT;
    }

    /** Returns how many rounds there were. */
    long rounds() {
        return rounds;
    }

    /** Returns how many times faster the fastest round was than the first; 1 if there was none. */
    double gain() {
        return rounds == 0 ? 1 : (double) first / Math.max(1, fastest);
    }
}
