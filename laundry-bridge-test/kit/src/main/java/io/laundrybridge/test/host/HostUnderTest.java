package io.laundrybridge.test.host;

import java.net.URI;

/**
 * A running host.
 *
 * @param port where it listens on 127.0.0.1
 * @param shutdown stops it the way an operator does
 */
public record HostUnderTest(int port, Shutdown shutdown) implements AutoCloseable {

    /** Stops a host. */
    @FunctionalInterface
    public interface Shutdown {

        /** Returns once the host has stopped. */
        void run() throws Exception;
    }

    /** Returns the WebSocket address of {@code pathAndQuery}, which begins with a slash. */
    public URI wsUri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port + pathAndQuery);
    }

    /** Returns the HTTP address of {@code pathAndQuery}, which begins with a slash. */
    public URI httpUri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    @Override
    public void close() {
        try {
            shutdown.run();
        } catch (Exception e) {
            throw new IllegalStateException("The host did not stop", e);
        }
    }
}
