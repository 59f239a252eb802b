package io.laundrybridge.channel.replay;

import io.laundrybridge.host.HostServices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads {@code laundry-bridge-replay-N} of a node. One starts when a request waits and fewer than the limit run.
 * It ends after ten seconds without a request. Thread-safe.
 */
final class ReplayThreads {
    private static final long STOP_MILLIS = 5_000;

    private final int most;
    private final HostServices services;
    private final ReplayTurns turns;
    private final ReplayTurns.Rate rate;

    // Guarded by this.
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> ending = new ArrayList<>();
    private int started;
    private boolean closed;

    ReplayThreads(int most, ReplayTurns turns, ReplayTurns.Rate rate, HostServices services) {
        this.most = most;
        this.services = services;
        this.turns = turns;
        this.rate = rate;
    }

    /** Starts a thread, if another may run, because a request waits. */
    synchronized void wanted() {
        if (!closed && threads.size() < most) {
            Thread thread = services.thread("replay-" + started++, this::run);
            threads.add(thread);
            thread.start();
        }
        turns.wake();
    }

    /** Interrupts the threads and waits for them, at most five seconds each. */
    void close() {
        try {
            for (Thread thread : interrupted()) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Thread> interrupted() {
        closed = true;
        threads.forEach(Thread::interrupt); // not the threads that close their readers
        return Stream.concat(threads.stream(), ending.stream()).toList();
    }

    private void run() {
        ReplayWorker worker = new ReplayWorker(turns, rate, services.nanoTime());
        try {
            do {
                worker.serve();
            } while (!ends());
        } catch (InterruptedException stopped) {
            // The thread ends.
        } finally {
            ending(Thread.currentThread());
            worker.close();
            ended(Thread.currentThread());
        }
    }

    /** Returns whether the calling thread ends, because still no request waits. */
    private synchronized boolean ends() {
        boolean wanted = turns.isWanted();
        if (!wanted) {
            ending(Thread.currentThread());
        }
        return !wanted;
    }

    /** Notes that {@code thread} takes no more turns and closes its reader. It gets no interrupt any more. */
    private synchronized void ending(Thread thread) {
        if (threads.remove(thread)) {
            ending.add(thread);
        }
    }

    private synchronized void ended(Thread thread) {
        ending.remove(thread);
    }
}
