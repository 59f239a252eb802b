package io.laundrybridge.session.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a worker. Tasks go first, in their order: they serve the sessions that are live. Then come the sends
 * of sessions that are new, then the turns of sessions that catch up. If one has too much, the next gets half of the
 * time. Any thread adds; the worker takes.
 */
public final class WorkerQueue {
    private final Queue<Runnable> tasks;
    private final Queue<Runnable> recent = new ConcurrentLinkedQueue<>();
    private final TurnRounds turns = new TurnRounds();
    private final Lane all;

    /** Makes a queue that keeps its tasks in {@code tasks}, to which any thread may add. */
    public WorkerQueue(Queue<Runnable> tasks) {
        this.tasks = tasks;
        this.all = new Precedence(new QueueLane(tasks), new Precedence(new QueueLane(recent), turns));
    }

    public void add(Runnable task) {
        tasks.add(task);
    }

    /** Adds what a session that is new has to send. */
    public void addRecent(Runnable send) {
        recent.add(send);
    }

    public void addTurn(Runnable turn) {
        turns.add(turn);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns what comes next; null if there is nothing. */
    public @Nullable Runnable take() {
        return all.poll();
    }

    /** Records how long the last one took. */
    public void spent(long nanos) {
        all.spent(nanos);
    }

    /** Drops everything: the worker has ended, and the rest concerns sessions that ended with it. */
    public void clear() {
        all.clear();
    }
}
