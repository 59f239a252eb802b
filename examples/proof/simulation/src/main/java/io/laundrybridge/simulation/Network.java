package io.laundrybridge.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What clients do at times of their own: they connect, answer, stop reading. Its thread is that of the container. */
final class Network {
    private final SimulatedThread thread;
    private final PriorityQueue<Call> calls =
            new PriorityQueue<>(Comparator.comparingLong(Call::at).thenComparingLong(Call::number));
    private long number;

    private record Call(long at, long number, Runnable task) {}

    Network(SimulatedThread thread) {
        this.thread = thread;
    }

    void begin() {
        thread.begin(this::run);
    }

    /** Runs {@code task} at {@code when}, or as soon after it as the thread has time. */
    void at(long when, Runnable task) {
        calls.add(new Call(when, number++, task));
        thread.wake();
    }

    /** Works for the client's call that runs. */
    void work(long nanos) {
        thread.work(nanos);
    }

    private void run() {
        while (true) {
            Call next = calls.peek();
            if (next == null) {
                thread.sleepUntil(SimulatedThread.NEVER);
            } else if (next.at() > thread.at()) {
                thread.sleepUntil(next.at());
            } else {
                calls.remove();
                next.task().run();
            }
        }
    }
}
