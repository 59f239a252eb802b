package io.laundrybridge.benchmark.producer;

import io.laundrybridge.benchmark.process.Micros;
import java.util.concurrent.locks.LockSupport;

/**
 * Produces by the clock: event n is due at start + n / rate and carries that time, even if it is sent later. So delays
 * by a slow server count. All due events are sent once per millisecond.
 */
final class OpenLoop implements Runnable {
    private static final long TICK_NANOS = 1_000_000;

    private final Stream stream;
    private final Outlet outlet;
    private final EventWriter writer;
    private final String[] keys;
    private final long first;
    private volatile boolean stopped;
    private volatile long sent;
    private volatile long start;

    /** Continues with event {@code first}. */
    OpenLoop(Stream stream, Outlet outlet, EventWriter writer, long first) {
        this.stream = stream;
        this.outlet = outlet;
        this.writer = writer;
        this.first = first;
        keys = new String[stream.keys()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "m-" + i;
        }
    }

    @Override
    public void run() {
        start = Micros.now();
        for (long n = 0; !stopped; LockSupport.parkNanos(TICK_NANOS)) {
            long due = due();
            for (; n < due && !stopped; n++) {
                send(first + n, start + n * 1_000_000 / stream.rate());
                sent = n + 1;
            }
            outlet.flush();
        }
    }

    private void send(long number, long micros) {
        int key = (int) (number % keys.length);
        int partition = (int) ((stream.perKey() ? key : number) % stream.partitions());
        long sequence = number / (stream.perKey() ? keys.length : stream.partitions());
        outlet.send(partition, keys[key], writer.write(number, sequence, micros, partition, keys[key]));
    }

    private long due() {
        return (Micros.now() - start) * stream.rate() / 1_000_000 + 1;
    }

    /** Returns the number of the next event. */
    long next() {
        return first + sent;
    }

    void stop() {
        stopped = true;
    }
}
