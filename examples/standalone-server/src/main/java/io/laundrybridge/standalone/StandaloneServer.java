package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import java.net.InetAddress;
import java.net.URI;

/** A container with one sink's endpoint and a site, listening on a single address. Thread-safe. */
public final class StandaloneServer implements AutoCloseable {
    private final String host;
    private final String path;
    private final WebServer server;

    private StandaloneServer(String host, String path, WebServer server) {
        this.host = host;
        this.path = path;
        this.server = server;
    }

    /**
     * Listens; connections are accepted when this returns.
     *
     * @param container the server to use
     * @param host name or address of the interface to listen on, for example {@code 127.0.0.1}, {@code ::1} or
     *     {@code [::1]}
     * @param port 0 for any free port
     * @throws IllegalStateException if it cannot listen there; the message names the address
     */
    public static StandaloneServer start(Container container, String host, int port, WebSocketSink sink, Site site) {
        ContainerLogs.quietByDefault();
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        StandaloneServer server =
                new StandaloneServer(address, sink.path(), container.server(address, port, sink, site));
        server.listen(port);
        return server;
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.port();
    }

    /** Returns the address of the files. */
    public URI pages() {
        return URI.create("http://" + authority() + "/");
    }

    /** Returns the address of the endpoint. */
    public URI endpoint() {
        return URI.create("ws://" + authority() + path);
    }

    /** Stops listening and cuts open connections; the bridge should have said goodbye before. */
    @Override
    public synchronized void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop cleanly", e);
        }
    }

    private void listen(int port) {
        try {
            InetAddress.getByName(host);
            server.listen();
        } catch (Exception e) {
            IllegalStateException error = new IllegalStateException(
                    "Cannot listen on %s:%d (%s); stop the program that does, or choose another --port or --host"
                            .formatted(host, port, root(e).getMessage()),
                    e);
            closeAfter(error);
            throw error;
        }
    }

    private void closeAfter(IllegalStateException error) {
        try {
            server.stop();
        } catch (Exception e) {
            error.addSuppressed(e);
        }
    }

    private static Throwable root(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? error : root(cause);
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }
}
