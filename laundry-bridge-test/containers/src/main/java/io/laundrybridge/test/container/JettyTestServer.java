package io.laundrybridge.test.container;

import jakarta.websocket.server.ServerContainer;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty, embedded. */
final class JettyTestServer implements TestServer {
    private final Server server;
    private final ServerConnector connector;
    private final ServletContextHandler context;

    private JettyTestServer(Server server, ServerConnector connector, ServletContextHandler context) {
        this.server = server;
        this.connector = connector;
        this.context = context;
    }

    static TestServer start(TestSite site) {
        Server server = new Server();
        return start(site, server, new ServerConnector(server));
    }

    static TestServer start(TestSite site, SSLContext tls) {
        Server server = new Server();
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setSslContext(tls);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        return start(site, server, new ServerConnector(server, keys, new HttpConnectionFactory(http)));
    }

    private static TestServer start(TestSite site, Server server, ServerConnector connector) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        WebApplication application = new WebApplication(site);
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> application.onStartup(Set.of(), servlets));
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not start", e);
        }
        return new JettyTestServer(server, connector, context);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public ServerContainer container() {
        return WebApplication.container(context.getServletContext());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not stop", e);
        }
    }
}
