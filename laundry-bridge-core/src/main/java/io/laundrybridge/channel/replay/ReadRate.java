package io.laundrybridge.channel.replay;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the bytes per second that a node replays. After a piece, no thread reads on until the piece's time has passed.
 * Thread-safe.
 */
final class ReadRate {
    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long freeAt; // guarded by this

    ReadRate(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.freeAt = nanoTime.getAsLong();
    }

    /** Counts {@code bytes} that were read. */
    synchronized void took(long bytes) {
        double nanos = (double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
        freeAt += Math.max(0, nanoTime.getAsLong() - freeAt) + (long) nanos;
    }

    /** Returns the nanoseconds until more may be read; 0 or less if it may now. */
    synchronized long untilFree(long now) {
        return freeAt - now;
    }
}
