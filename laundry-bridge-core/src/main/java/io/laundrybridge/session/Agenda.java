package io.laundrybridge.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has to do. Urgent tasks go first, so that who is live does not wait for those who catch up; but where they
 * are too many, the others have their share of the time. Any thread adds, the worker takes.
 */
final class Agenda {
    /** Urgent tasks go first until they have had that much more time than others that wait. */
    private static final long MOST_AHEAD_NANOS = 1_000_000;
    /** What a task counts at most: it may just have had to wait for a processor. */
    private static final long MOST_SPENT_NANOS = 5_000_000;

    private final Queue<Runnable> urgent = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> others;
    private boolean tookUrgent;
    private long ahead;

    /** An agenda that keeps what is not urgent in {@code others}, which takes from any thread. */
    Agenda(Queue<Runnable> others) {
        this.others = others;
    }

    void add(Runnable task) {
        others.add(task);
    }

    void addUrgent(Runnable task) {
        urgent.add(task);
    }

    boolean isEmpty() {
        return urgent.isEmpty() && others.isEmpty();
    }

    /** The next task; null if there is none. */
    @Nullable Runnable take() {
        tookUrgent = ahead < MOST_AHEAD_NANOS;
        Runnable task = poll();
        if (task == null) {
            tookUrgent = !tookUrgent;
            task = poll();
        }
        return task;
    }

    /** The task that was taken last took so long. */
    void spent(long nanos) {
        long counted = Math.min(nanos, MOST_SPENT_NANOS);
        ahead = others.isEmpty() ? 0 : Math.max(0, ahead + (tookUrgent ? counted : -counted));
    }

    private @Nullable Runnable poll() {
        return tookUrgent ? urgent.poll() : others.poll();
    }
}
