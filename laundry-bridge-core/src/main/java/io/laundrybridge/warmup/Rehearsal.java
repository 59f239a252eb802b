package io.laundrybridge.warmup;

/** Something that is done again and again, so that it becomes faster. Used by one thread. */
interface Rehearsal extends AutoCloseable {

    /** Does it once, and returns how long the part took that should become faster, in nanoseconds. */
    long round();

    /** Returns how many lines have reached the clients. */
    long lines();

    /** Ends everything that belongs to it. */
    @Override
    void close();
}
