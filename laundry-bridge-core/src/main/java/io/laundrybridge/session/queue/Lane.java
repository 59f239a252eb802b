package io.laundrybridge.session.queue;

import org.jspecify.annotations.Nullable;

/** Tasks that wait for a worker, in an order of their own. Any thread may add, the worker takes. */
interface Lane {

    boolean isEmpty();

    /** Returns what comes next; null if there is nothing. */
    @Nullable Runnable poll();

    /** Records how long the last one took, in nanoseconds. */
    default void spent(long nanos) {}

    void clear();
}
