package io.laundrybridge.test.network;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One direction of a {@link TcpProxy}, and its faults. Thread-safe; {@link #heal()} ends all of it. */
public final class TcpLine {
    private static final long BREATH_MILLIS = 20;

    // Guarded by this.
    private boolean held;
    private Duration shortest = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private long bytesPerSecond;
    private long cutAfter = Long.MAX_VALUE;
    private long total;

    /** Returns how many bytes have arrived over all connections so far. */
    public synchronized long bytes() {
        return total;
    }

    /** Stops all bytes. */
    public synchronized void hold() {
        held = true;
    }

    /** Each piece of up to 4 KiB arrives later, by a random time of at least and at most. */
    public synchronized void delay(Duration atLeast, Duration atMost) {
        shortest = atLeast;
        longest = atMost;
    }

    /** Limits each connection to so many bytes per second. */
    public synchronized void narrow(long bytes) {
        bytesPerSecond = bytes;
    }

    /** Every connection breaks once it has carried so many bytes, those from before included. */
    public synchronized void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    /** Ends all faults. */
    public synchronized void heal() {
        held = false;
        delay(Duration.ZERO, Duration.ZERO);
        bytesPerSecond = 0;
        cutAfter = Long.MAX_VALUE;
        notifyAll();
    }

    /** Waits for the time that {@code bytes} need after {@code carried}; returns how many of them arrive. */
    int pass(long carried, int bytes, BooleanSupplier over) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time(bytes).toNanos());
        return arriving(carried, bytes, over);
    }

    private synchronized Duration time(int bytes) {
        long spread = longest.minus(shortest).toNanos();
        Duration late = spread == 0
                ? shortest
                : shortest.plusNanos(ThreadLocalRandom.current().nextLong(spread));
        return bytesPerSecond == 0 ? late : late.plusNanos(TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond);
    }

    private synchronized int arriving(long carried, int bytes, BooleanSupplier over) throws InterruptedException {
        while (held && !over.getAsBoolean()) {
            wait(BREATH_MILLIS);
        }
        int arriving = (int) Math.max(0, Math.min(bytes, cutAfter - carried));
        total += arriving;
        return arriving;
    }
}
