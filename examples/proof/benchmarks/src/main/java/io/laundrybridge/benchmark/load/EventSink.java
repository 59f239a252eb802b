package io.laundrybridge.benchmark.load;

/** Receives the findings of a scanner. */
interface EventSink {
    /**
     * An event.
     *
     * @param sequence its number within its stream, from 0
     * @param scheduled when it was due for production, microseconds since 1970
     * @param stream its partition
     */
    void event(long sequence, long scheduled, int stream);

    /** A control line of the server, such as {@code {"op":"beat","n":17}}. */
    void control(String line);
}
