package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.process.Child;

/**
 * A server that runs.
 *
 * @param child the process that ends it
 * @param pid the server's own process
 * @param port the port of its WebSockets, on 127.0.0.1
 * @param path the path of its WebSockets
 * @param feed {@code kafka} or {@code nats}: the origin of its events
 * @param source the brokers, or the port of nats-server
 */
public record Running(Child child, long pid, int port, String path, String feed, String source)
        implements AutoCloseable {

    /** Returns whether its process still runs. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public void close() {
        child.close();
    }
}
