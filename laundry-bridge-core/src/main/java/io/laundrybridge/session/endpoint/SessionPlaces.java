package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the open sessions of an endpoint and bounds their number. Thread-safe. */
public final class SessionPlaces {
    private final int most;
    private final Telemetry telemetry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int taken; // guarded by lock

    public SessionPlaces(int most, Telemetry telemetry) {
        this.most = most;
        this.telemetry = telemetry;
    }

    /**
     * Takes a place.
     *
     * @return false if there is none left
     */
    public boolean take() {
        lock.lock();
        try {
            if (taken >= most) {
                return false;
            }
            taken++;
        } finally {
            lock.unlock();
        }
        telemetry.add(Meter.SESSIONS, "", 1);
        return true;
    }

    /** Frees a place that {@link #take} gave out. */
    public void free() {
        telemetry.add(Meter.SESSIONS, "", -1);
        lock.lock();
        try {
            taken--;
            if (taken == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no place is taken, at most {@code longest}. Returns at once if the thread is interrupted. */
    public void awaitNone(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (taken > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
