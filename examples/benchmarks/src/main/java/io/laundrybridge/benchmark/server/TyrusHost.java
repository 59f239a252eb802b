package io.laundrybridge.benchmark.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus on Grizzly's own listener, because Tyrus' ready-made server binds every interface. */
final class TyrusHost {
    private TyrusHost() {}

    static int start(ServerEndpointConfig endpoint) throws Exception {
        Container container = new Container();
        container.register(endpoint);
        NetworkListener listener = new NetworkListener("tyrus", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        // Grizzly counts a WebSocket on which nothing comes in as an idle connection, and would cut it.
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listener.registerAddOn(new WebSocketAddOn(container, ""));
        HttpServer server = new HttpServer();
        server.addListener(listener);
        container.start("", 0);
        server.start();
        return listener.getPort();
    }

    private static final class Container extends TyrusServerContainer {
        private final WebSocketEngine engine =
                TyrusWebSocketEngine.builder(this).build();

        Container() {
            super(Set.<Class<?>>of());
        }

        @Override
        public void register(Class<?> endpointClass) throws DeploymentException {
            engine.register(endpointClass, "");
        }

        @Override
        public void register(ServerEndpointConfig config) throws DeploymentException {
            engine.register(config, "");
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }
    }
}
