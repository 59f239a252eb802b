package io.laundrybridge.test.container;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/** Tyrus on Grizzly's own listener, because Tyrus' ready-made server binds every interface. */
final class TyrusTestServer implements TestServer {
    private static final String FOLDER = "/laundry-bridge/";

    private final HttpServer server;
    private final NetworkListener listener;
    private final TyrusContainer container;

    private TyrusTestServer(HttpServer server, NetworkListener listener, TyrusContainer container) {
        this.server = server;
        this.listener = listener;
        this.container = container;
    }

    static TestServer start(TestSite site) {
        return start(site, listener -> {});
    }

    static TestServer start(TestSite site, SSLContext tls) {
        return start(site, listener -> {
            listener.setSecure(true);
            listener.setSSLEngineConfig(new SSLEngineConfigurator(tls, false, false, false));
        });
    }

    private static TestServer start(TestSite site, Consumer<NetworkListener> settings) {
        QuietLogs.severeOnly();
        TyrusContainer container = new TyrusContainer();
        site.open(container);
        NetworkListener listener = new NetworkListener("tyrus", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listener.registerAddOn(new WebSocketAddOn(container, ""));
        settings.accept(listener);
        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new Pages(site), FOLDER + "*");
        try {
            container.start("", 0);
            server.start();
        } catch (IOException | DeploymentException e) {
            throw new IllegalStateException("Tyrus did not start", e);
        }
        return new TyrusTestServer(server, listener, container);
    }

    @Override
    public int port() {
        return listener.getPort();
    }

    @Override
    public ServerContainer container() {
        return container;
    }

    @Override
    public void close() {
        container.stop();
        server.shutdownNow();
    }

    /** The site's pages below the folder, as a server without servlets serves them. */
    private static final class Pages extends HttpHandler {
        private final TestSite site;

        Pages(TestSite site) {
            this.site = site;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            Optional<TestSite.Page> page = site.page(request.getRequestURI().substring(FOLDER.length()));
            if (page.isEmpty()) {
                response.sendError(404);
                return;
            }
            response.setContentType(page.get().contentType());
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getOutputStream().write(page.get().content());
        }
    }
}
