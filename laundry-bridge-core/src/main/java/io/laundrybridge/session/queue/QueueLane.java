package io.laundrybridge.session.queue;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Tasks in the order in which they came. */
record QueueLane(Queue<Runnable> tasks) implements Lane {

    @Override
    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Override
    public @Nullable Runnable poll() {
        return tasks.poll();
    }

    @Override
    public void clear() {
        tasks.clear();
    }
}
