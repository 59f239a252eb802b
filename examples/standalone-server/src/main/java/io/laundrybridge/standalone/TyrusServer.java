package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/** Tyrus on our own Grizzly listener: Tyrus' ready-made server would bind every interface. */
final class TyrusServer implements WebServer {
    private static final int FOREVER = -1;

    private final HttpServer http = new HttpServer();
    private final TyrusContainer websockets = new TyrusContainer();
    private final NetworkListener listener;

    TyrusServer(String host, int port, WebSocketSink sink, Site site) {
        WebSocketEndpoints.register(websockets, sink);
        listener = new NetworkListener("laundry-bridge", host, port);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getTransport().setServerConnectionBackLog(BACKLOG);
        // Grizzly counts a WebSocket without incoming data as an idle connection, and would cut it.
        listener.getKeepAlive().setIdleTimeoutInSeconds(FOREVER);
        listener.registerAddOn(new WebSocketAddOn(websockets, ""));
        http.addListener(listener);
        http.getServerConfiguration().addHttpHandler(new SiteHandler(site));
    }

    @Override
    public void listen() throws IOException, DeploymentException {
        websockets.start("", 0);
        http.start();
    }

    @Override
    public int port() {
        return listener.getPort();
    }

    @Override
    public void stop() {
        http.shutdownNow();
        websockets.stop();
    }
}
