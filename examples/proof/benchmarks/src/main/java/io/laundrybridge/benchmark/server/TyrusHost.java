package io.laundrybridge.benchmark.server;

import io.laundrybridge.standalone.TyrusContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/** Tyrus on Grizzly's own listener, because Tyrus' ready-made server binds every interface. */
final class TyrusHost {
    private TyrusHost() {}

    static int start(ServerEndpointConfig endpoint) throws Exception {
        TyrusContainer container = new TyrusContainer();
        container.register(endpoint);
        NetworkListener listener = new NetworkListener("tyrus", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        // Grizzly counts a WebSocket without input as an idle connection, and would close it.
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listener.registerAddOn(new WebSocketAddOn(container, ""));
        HttpServer server = new HttpServer();
        server.addListener(listener);
        container.start("", 0);
        server.start();
        return listener.getPort();
    }
}
