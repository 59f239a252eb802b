package io.laundrybridge.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A clock that only simulated work moves. Its threads take turns: always the one that is least far in time runs, and no
 * other. So a run repeats itself exactly, and nothing in it needs a lock.
 */
final class VirtualTime implements AutoCloseable {
    /** The time by which a thread may run ahead of another one: each change of threads takes microseconds. */
    private static final long SLACK_NANOS = 300_000;

    private final Thread owner = Thread.currentThread();
    private final List<SimulatedThread> threads = new ArrayList<>();
    private volatile @Nullable SimulatedThread turn;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private long now;
    private long end;

    /** Ends a thread of a simulation that is over. */
    private static final class OverException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Returns the time of the thread that runs, in nanoseconds. */
    long now() {
        SimulatedThread running = turn;
        return running == null ? now : running.at();
    }

    /** Returns the thread that runs. */
    SimulatedThread running() {
        return Objects.requireNonNull(turn);
    }

    /** Makes a thread that sleeps until it is woken. */
    SimulatedThread thread(String name, Processors processors) {
        SimulatedThread made = new SimulatedThread(name, this, processors);
        threads.add(made);
        processors.add(made);
        return made;
    }

    /** Lets the threads run until {@code time}. For the thread that made this. */
    void runUntil(long time) {
        end = time;
        give(next());
        while (turn != null) {
            LockSupport.park(this);
        }
        now = time;
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the simulation failed", failed);
        }
    }

    /** Gives the turn to the thread that is least far, if that is not {@code running}. */
    void giveWay(SimulatedThread running) {
        SimulatedThread next = next();
        if (next != running) {
            give(next);
            awaitTurn(running);
        }
    }

    /** Returns whether {@code running} is so far ahead that another thread must run first. */
    boolean isAhead(SimulatedThread running) {
        if (running.at() >= end) {
            return true;
        }
        for (SimulatedThread other : threads) {
            if (other.at() < running.at() - SLACK_NANOS) {
                return true;
            }
        }
        return false;
    }

    /** Runs {@code body} on the calling thread, which is that of {@code thread}. */
    void run(SimulatedThread thread, Runnable body) {
        try {
            awaitTurn(thread);
            body.run();
        } catch (OverException over) {
            // the thread ends
        } catch (Throwable e) {
            failure = e;
            give(null);
        }
    }

    private void awaitTurn(SimulatedThread waiting) {
        while (turn != waiting) {
            if (closed) {
                throw new OverException();
            }
            LockSupport.park(this);
        }
    }

    private @Nullable SimulatedThread next() {
        SimulatedThread least = null;
        for (SimulatedThread each : threads) {
            if (each.at() < end && (least == null || each.at() < least.at())) {
                least = each;
            }
        }
        return least;
    }

    private void give(@Nullable SimulatedThread next) {
        turn = next;
        LockSupport.unpark(next == null ? owner : next.thread());
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(each -> LockSupport.unpark(each.thread()));
    }
}
