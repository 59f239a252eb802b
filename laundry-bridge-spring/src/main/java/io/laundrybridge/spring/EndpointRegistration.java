package io.laundrybridge.spring;

import static io.laundrybridge.config.BridgeSettings.PATH;

import io.laundrybridge.config.Settings;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.EndpointSetup;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.context.ServletContextAware;

/**
 * Registers the endpoint, its check of origins, the filter that stamps responses and the browser client. Filters and
 * servlets are registered while the web server's context starts. The endpoint is opened after that, because the context
 * makes the WebSocket container, and before the server begins to listen. In an application context without a web
 * server, as in tests with a mock one, nothing is registered.
 */
final class EndpointRegistration
        implements SmartInitializingSingleton, ServletContextAware, ServletContextInitializer, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistration.class);

    private final WebSocketSink sink;
    private final Settings stamps;
    private final boolean listens;
    private @Nullable ServletContext application;

    /** Registers {@code sink}, and the filter of {@code stamps}. */
    EndpointRegistration(WebSocketSink sink, Settings stamps, ApplicationContext context) {
        this.sink = sink;
        this.stamps = stamps;
        this.listens = listens(context);
    }

    /** Returns whether the application has a web server, its own or the one that it was deployed to. */
    static boolean listens(ApplicationContext context) {
        return context instanceof WebServerApplicationContext;
    }

    @Override
    public void setServletContext(ServletContext servletContext) {
        application = servletContext;
    }

    /** Runs after the application's own servlets, to see whether one of them is mapped to all other paths. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void onStartup(ServletContext context) {
        EndpointSetup.registerOriginFilter(context, sink);
        EndpointSetup.registerStampFilter(context, sink, stamps);
        EndpointSetup.registerBrowserClient(context);
        EndpointSetup.registerEndpointServlet(context, sink);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!listens) {
            LOG.info("This application context has no web server, so nothing listens at {}", sink.path());
        } else if (application != null && EndpointSetup.hasWebSockets(application)) {
            EndpointSetup.registerEndpoint(application, sink);
        } else {
            throw new HostException(
                    PATH + " is set, but the web server has no WebSocket container",
                    "Add the server's jakarta.websocket module, which spring-boot-starter-websocket brings for Tomcat,"
                            + " or set " + PATH + "=false.");
        }
    }
}
