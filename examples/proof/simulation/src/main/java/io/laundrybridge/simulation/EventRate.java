package io.laundrybridge.simulation;

/**
 * The rate of a topic's events: the usual one, and a higher one for a while.
 *
 * @param usual events per second
 * @param high events per second between {@code from} and {@code to}
 * @param from nanoseconds
 * @param to nanoseconds
 */
record EventRate(double usual, double high, long from, long to) {
    private static final double SECOND = 1e9;

    /** Returns the number of events that are due before {@code now}. */
    long dueBefore(long now) {
        double before = Math.min(now, from) * usual;
        double during = Math.max(0, Math.min(now, to) - from) * high;
        double after = Math.max(0, now - to) * usual;
        return (long) ((before + during + after) / SECOND);
    }

    /** Returns when event {@code number} is due, in nanoseconds. */
    long due(long number) {
        double events = (number + 1) * SECOND;
        double before = from * usual;
        double during = (to - from) * high;
        if (events <= before) {
            return (long) (events / usual);
        }
        return events <= before + during
                ? (long) (from + (events - before) / high)
                : (long) (to + (events - before - during) / usual);
    }
}
