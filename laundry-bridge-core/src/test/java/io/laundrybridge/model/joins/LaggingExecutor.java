package io.laundrybridge.model.joins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Runs tasks when the history says so, in any order: nodes lag behind the stream, and behind each other. */
final class LaggingExecutor implements Executor {
    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
    }

    /** Runs one task, if there is one. */
    boolean runOne(Random random) {
        Runnable next;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return false;
            }
            next = waiting.remove(random.nextInt(waiting.size()));
        }
        next.run();
        return true;
    }

    void runAll(Random random) {
        while (runOne(random)) {
            // the next
        }
    }
}
