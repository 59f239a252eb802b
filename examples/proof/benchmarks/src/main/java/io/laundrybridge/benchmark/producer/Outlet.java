package io.laundrybridge.benchmark.producer;

/** Where events go. */
interface Outlet extends AutoCloseable {
    /** Takes an event; it may gather. */
    void send(int partition, String key, byte[] event);

    /** What has been gathered goes now. */
    void flush();

    @Override
    void close();
}
