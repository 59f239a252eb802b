package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/**
 * Tyrus on Grizzly with one sink's endpoint and some files, listening on one address alone. Tyrus' ready-made server
 * would bind every interface. Thread-safe.
 */
public final class StandaloneServer implements AutoCloseable {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger CONTAINER = Logger.getLogger("org.glassfish");

    private static final int FOREVER = -1;

    private final String host;
    private final String path;
    private final HttpServer http;
    private final NetworkListener listener;
    private final TyrusContainer websockets;

    private StandaloneServer(
            String host, String path, HttpServer http, NetworkListener listener, TyrusContainer websockets) {
        this.host = host;
        this.path = path;
        this.http = http;
        this.listener = listener;
        this.websockets = websockets;
    }

    /**
     * Listens; connections are taken when this returns.
     *
     * @param host name or address of the interface to listen on, for example {@code 127.0.0.1}
     * @param port 0 for any that is free
     * @throws IllegalStateException if nothing can listen there; the message names the address
     */
    public static StandaloneServer start(String host, int port, WebSocketSink sink, List<StaticFiles> files) {
        quietByDefault();
        TyrusContainer websockets = new TyrusContainer();
        WebSocketEndpoints.register(websockets, sink);
        NetworkListener listener = new NetworkListener("laundry-bridge", host, port);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        // Grizzly counts a WebSocket on which nothing comes in as an idle connection, and would cut it.
        listener.getKeepAlive().setIdleTimeoutInSeconds(FOREVER);
        listener.registerAddOn(new WebSocketAddOn(websockets, ""));
        HttpServer http = new HttpServer();
        http.addListener(listener);
        http.getServerConfiguration().addHttpHandler(new FileHandler(files));
        StandaloneServer server = new StandaloneServer(host, sink.path(), http, listener, websockets);
        server.listen(port);
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return listener.getPort();
    }

    /** Where browsers find the files. */
    public URI pages() {
        return URI.create("http://" + authority() + "/");
    }

    /** Where clients find the endpoint. */
    public URI endpoint() {
        return URI.create("ws://" + authority() + path);
    }

    /** Listens no more and cuts what is still connected; the bridge should have said goodbye before. */
    @Override
    public void close() {
        http.shutdownNow();
        websockets.stop();
    }

    private void listen(int port) {
        try {
            InetAddress.getByName(host);
            websockets.start("", 0);
            http.start();
        } catch (IOException | DeploymentException e) {
            close();
            throw new IllegalStateException(
                    "Nothing can listen on %s:%d (%s); stop what does, or choose another --port or --host"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Grizzly tells the console of every listener, unless somebody has configured it otherwise. */
    private static void quietByDefault() {
        if (CONTAINER.getLevel() == null) {
            CONTAINER.setLevel(Level.WARNING);
        }
    }
}
