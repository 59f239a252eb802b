package io.laundrybridge.benchmark.producer;

/** The destination of events. */
interface Outlet extends AutoCloseable {
    /** Takes an event; it may gather. */
    void send(int partition, String key, byte[] event);

    /** Sends the gathered events now. */
    void flush();

    @Override
    void close();
}
