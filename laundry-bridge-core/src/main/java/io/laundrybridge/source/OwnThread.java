package io.laundrybridge.source;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An executor of one thread, which ends when it is stopped or interrupted. Thread-safe. */
final class OwnThread implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean ended; // confined to the thread

    OwnThread(HostServices services, String role) {
        thread = services.thread(role, this::runAll);
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Ends the thread after the tasks that wait. */
    void stop() {
        tasks.add(() -> ended = true);
    }

    /** Waits until the thread has ended. Not to be called on the thread itself. */
    void awaitEnd(long nanos) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    private void runAll() {
        try {
            while (!ended) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
