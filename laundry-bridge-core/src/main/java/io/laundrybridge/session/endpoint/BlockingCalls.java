package io.laundrybridge.session.endpoint;

import java.util.concurrent.Executor;

/** Runs what may block in a container, on threads that are not the workers'. Any thread calls it. */
@FunctionalInterface
public interface BlockingCalls {

    /** What a container is asked to do; no kind waits behind another. */
    enum Lane {
        /** Polite closes: containers take up to 20 s for a peer that has stopped reading. */
        CLOSE,
        /** Connections dropped without a word. */
        ABORT,
        /** Pings of the plain dialect. */
        PING
    }

    /** Has {@code task} run in {@code lane}; false if it was not taken, which happens to pings only. */
    boolean run(Lane lane, Runnable task);

    /** Returns all of it on {@code executor}, for a worker whose containers do not block. */
    static BlockingCalls on(Executor executor) {
        return (lane, task) -> {
            executor.execute(task);
            return true;
        };
    }
}
