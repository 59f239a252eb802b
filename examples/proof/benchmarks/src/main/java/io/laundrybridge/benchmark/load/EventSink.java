package io.laundrybridge.benchmark.load;

/** Whom a scanner tells what it has found. */
interface EventSink {
    /**
     * An event.
     *
     * @param sequence its number within its stream, from 0
     * @param scheduled when it was to be produced, microseconds since 1970
     * @param stream its partition
     */
    void event(long sequence, long scheduled, int stream);

    /** A line of the server's own, such as {@code {"op":"beat","n":17}}. */
    void control(String line);
}
