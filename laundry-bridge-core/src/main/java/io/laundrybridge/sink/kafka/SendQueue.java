package io.laundrybridge.sink.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The records of one producer that have no outcome yet, waiting or sent. They are bounded in number and bytes.
 * Thread-safe.
 */
final class SendQueue {
    private final int mostRecords;
    private final long mostBytes;
    private final HostServices services;

    // Guarded by this.
    private final Queue<PendingSend> waiting = new ArrayDeque<>();
    private int records;
    private long bytes;
    private boolean woken;
    private boolean stopped;

    SendQueue(int mostRecords, long mostBytes, HostServices services) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.services = services;
    }

    /** Returns whether {@code send} can never be added. */
    boolean isTooSmallFor(PendingSend send) {
        return send.bytes() > mostBytes;
    }

    /** Adds {@code send}. Returns false if the queue is full: then nothing has changed. */
    synchronized boolean add(PendingSend send) {
        if (stopped || records >= mostRecords || bytes + send.bytes() > mostBytes) {
            services.telemetry().add(Meter.SINK_FULL, "", 1);
            return false;
        }
        records++;
        bytes += send.bytes();
        count(send, 1);
        waiting.add(send);
        notifyAll();
        return true;
    }

    /** Adds {@code send}, which has its room already, once more. */
    synchronized void again(PendingSend send) {
        waiting.add(send);
        notifyAll();
    }

    /** Gives back the room of {@code send}, whose outcome is known. */
    synchronized void leave(PendingSend send) {
        records--;
        bytes -= send.bytes();
        count(send, -1);
    }

    private void count(PendingSend send, int sign) {
        services.telemetry().add(Meter.SINK_WAITING, "", sign);
        services.telemetry().add(Meter.SINK_WAITING_BYTES, "", (long) sign * send.bytes());
    }

    /**
     * Returns the next record that waits. Returns null if none has come before {@code until}, if the queue was woken,
     * or if it has stopped.
     */
    synchronized @Nullable PendingSend next(long until) throws InterruptedException {
        long left = until - services.nanoTime().getAsLong();
        while (waiting.isEmpty() && !woken && !stopped && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            left = until - services.nanoTime().getAsLong();
        }
        woken = false;
        return stopped ? null : waiting.poll();
    }

    /** Ends the wait in {@link #next}. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Removes and returns all that wait. */
    synchronized List<PendingSend> drain() {
        List<PendingSend> rest = new ArrayList<>(waiting);
        waiting.clear();
        return rest;
    }
}
