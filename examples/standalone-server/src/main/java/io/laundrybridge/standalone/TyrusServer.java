package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.RoundRobinConnectionDistributor;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
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
        pace(listener.getTransport(), new Arrivals(sink));
        // Grizzly counts a WebSocket without incoming data as an idle connection, and would cut it.
        listener.getKeepAlive().setIdleTimeoutInSeconds(FOREVER);
        listener.registerAddOn(new WebSocketAddOn(websockets, ""));
        http.addListener(listener);
        http.getServerConfiguration().addHttpHandler(new SiteHandler(site));
    }

    /** Has connections accepted at the pace of the sink, by a thread that does nothing else. */
    private static void pace(TCPNIOTransport transport, Arrivals arrivals) {
        transport.setSelectorRunnersCount(1 + Runtime.getRuntime().availableProcessors());
        transport.setNIOChannelDistributor(new RoundRobinConnectionDistributor(transport, true, true));
        transport.getConnectionMonitoringConfig().addProbes(new ConnectionProbe.Adapter() {
            @Override
            @SuppressWarnings("rawtypes") // as Grizzly has it
            public void onAcceptEvent(Connection server, Connection client) {
                arrivals.await();
            }
        });
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
