package io.laundrybridge.session.endpoint;

import java.util.concurrent.Executor;

/** Runs calls that may block in a container, on threads other than the workers'. Any thread calls it. */
@FunctionalInterface
public interface BlockingCalls {

    /** The kinds of calls to a container; no kind waits for another. */
    enum Lane {
        /** Closes with a code: containers take up to 20 s for a peer that has stopped reading. */
        CLOSE,
        /** Drops of connections without a close. */
        ABORT,
        /** Pings of the plain dialect. */
        PING,
        /** Reports to the host that a user is there. */
        KEEP_ALIVE;

        /** Returns whether a call waits for a thread; if not, it is refused and comes again. */
        boolean waits() {
            return this == CLOSE || this == ABORT;
        }
    }

    /**
     * Runs {@code task} in {@code lane}.
     *
     * @return false if it was refused, which never happens to closes and aborts
     */
    boolean run(Lane lane, Runnable task);

    /** Returns an instance that runs all calls on {@code executor}, for a worker whose containers do not block. */
    static BlockingCalls on(Executor executor) {
        return (lane, task) -> {
            executor.execute(task);
            return true;
        };
    }
}
