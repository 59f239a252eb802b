package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.process.Child;

/**
 * A server that runs.
 *
 * @param child the process that ends it
 * @param pid the server's own process
 * @param port where its WebSockets are, on 127.0.0.1
 * @param path and under which path
 * @param feed {@code kafka} or {@code nats}: where its events come from
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
