package io.laundrybridge;

import io.laundrybridge.host.HostServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops bridges in parallel, because each may wait for seconds until Kafka's clients have ended. Uses up to 8 threads.
 * If the host lends none, as it may during a shutdown, the caller's thread stops all.
 */
final class Stops implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);
    private static final int THREADS = 8;

    private final Queue<Bridge> left;
    private final HostServices services;

    Stops(List<Bridge> bridges, HostServices services) {
        this.left = new ConcurrentLinkedQueue<>(bridges);
        this.services = services;
    }

    @Override
    public void run() {
        List<Thread> others = others();
        stopAll();
        try {
            for (Thread other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Thread> others() {
        List<Thread> others = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(THREADS, left.size()); i++) {
                Thread other = services.thread("stop-" + i, this::stopAll);
                other.start();
                others.add(other);
            }
        } catch (RuntimeException | OutOfMemoryError noThread) {
            LOG.debug("No thread for stopping bridges side by side", noThread);
        }
        return others;
    }

    private void stopAll() {
        for (Bridge next = left.poll(); next != null; next = left.poll()) {
            next.stop();
        }
    }
}
