package io.laundrybridge.session.worker;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks and turns of a worker. Tasks go first, in their order, so that live sessions never wait for the turns of
 * sessions that catch up. If there are too many tasks, turns get a share of the time. Any thread adds; the worker
 * takes.
 */
final class WorkerQueue {
    /** Tasks go first until they have had that much more time than waiting turns. */
    private static final long MOST_AHEAD_NANOS = 1_000_000;
    /** The most time that counts for one of them: it may have waited for a processor. */
    private static final long MOST_SPENT_NANOS = 5_000_000;

    private final Queue<Runnable> tasks;
    private final TurnRounds turns = new TurnRounds();
    private boolean tookTask;
    private long ahead;

    /** Makes a queue that keeps its tasks in {@code tasks}, to which any thread may add. */
    WorkerQueue(Queue<Runnable> tasks) {
        this.tasks = tasks;
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    void addTurn(Runnable turn) {
        turns.add(turn);
    }

    boolean isEmpty() {
        return tasks.isEmpty() && turns.isEmpty();
    }

    /** Returns what comes next; null if there is nothing. */
    @Nullable Runnable take() {
        tookTask = ahead < MOST_AHEAD_NANOS;
        Runnable next = poll();
        if (next == null) {
            tookTask = !tookTask;
            next = poll();
        }
        return next;
    }

    /** Records how long the last one took. */
    void spent(long nanos) {
        long counted = Math.min(nanos, MOST_SPENT_NANOS);
        ahead = turns.isEmpty() ? 0 : Math.max(0, ahead + (tookTask ? counted : -counted));
    }

    /** Drops everything: the worker has ended, and the rest concerns sessions that ended with it. */
    void clear() {
        tasks.clear();
        turns.clear();
    }

    private @Nullable Runnable poll() {
        return tookTask ? tasks.poll() : turns.poll();
    }
}
