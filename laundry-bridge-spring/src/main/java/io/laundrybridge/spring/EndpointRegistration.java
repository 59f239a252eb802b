package io.laundrybridge.spring;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.EndpointServlet;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
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
 * Opens the endpoint between the start of the web server's context, which makes the WebSocket container, and the moment
 * when the server begins to listen. In an application context without a web server, as in tests with a mock one, nothing
 * is opened.
 */
final class EndpointRegistration
        implements SmartInitializingSingleton, ServletContextAware, ServletContextInitializer, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistration.class);
    private static final String ALL_OTHER_PATHS = "/";

    private final WebSocketSink sink;
    private final boolean listens;
    private @Nullable ServletContext application;

    EndpointRegistration(WebSocketSink sink, ApplicationContext context) {
        this.sink = sink;
        this.listens = listens(context);
    }

    /** Whether the application has a web server, its own or the one that it was deployed to. */
    static boolean listens(ApplicationContext context) {
        return context instanceof WebServerApplicationContext;
    }

    @Override
    public void setServletContext(ServletContext servletContext) {
        application = servletContext;
    }

    /** After the application's own servlets, to see whether one of them is mapped to all other paths. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void onStartup(ServletContext context) {
        boolean mapped = context.getServletRegistrations().values().stream()
                .anyMatch(servlet -> servlet.getMappings().contains(ALL_OTHER_PATHS));
        if (!mapped && !sink.path().equals(ALL_OTHER_PATHS)) {
            context.addServlet("laundryBridgeEndpoint", new EndpointServlet()).addMapping(sink.path());
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!listens) {
            LOG.info("This application context has no web server, so nothing listens at {}", sink.path());
        } else if (application != null
                && application.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container) {
            WebSocketEndpoints.register(container, sink);
        } else {
            throw new HostException(
                    "laundry-bridge.path is set, but the web server has no WebSocket container",
                    "Add the server's jakarta.websocket module, which spring-boot-starter-websocket brings for Tomcat,"
                            + " or set laundry-bridge.path=false.");
        }
    }
}
