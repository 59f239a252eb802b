package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, embedded. */
final class JettyServer implements WebServer {
    /** The threads that Jetty keeps for itself: they accept connections and wait for their sockets. */
    private static final int OWN_THREADS = 4;

    private final Server server = new Server(new QueuedThreadPool(THREADS + OWN_THREADS));
    private final ServerConnector connector;

    JettyServer(String host, int port, WebSocketSink sink, Site site) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        Arrivals arrivals = new Arrivals(sink);
        connector = new ServerConnector(server, new HttpConnectionFactory(http)) {
            @Override
            public void accept(int acceptor) throws IOException {
                arrivals.await();
                super.accept(acceptor);
            }
        };
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        Application application = new Application(sink, site);
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> application.onStartup(Set.of(), servlets));
        server.setHandler(context);
    }

    @Override
    public void listen() throws Exception {
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
