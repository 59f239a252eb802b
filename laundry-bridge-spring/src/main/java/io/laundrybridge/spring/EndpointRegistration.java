package io.laundrybridge.spring;

import io.laundrybridge.BridgeException;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.context.ServletContextAware;

/**
 * Opens the endpoint between the start of the web server's context, which makes the WebSocket container, and the moment
 * when the server begins to listen.
 */
final class EndpointRegistration implements SmartInitializingSingleton, ServletContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistration.class);
    private static final String MOCKS = "org.springframework.mock.";

    private final WebSocketSink sink;
    private @Nullable ServletContext application;

    EndpointRegistration(WebSocketSink sink) {
        this.sink = sink;
    }

    @Override
    public void setServletContext(ServletContext servletContext) {
        application = servletContext;
    }

    @Override
    public void afterSingletonsInstantiated() {
        ServletContext context = application;
        if (context != null
                && context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container) {
            WebSocketEndpoints.register(container, sink);
        } else if (context != null && context.getClass().getName().startsWith(MOCKS)) {
            LOG.info("This is a test without a web server, so nothing listens at {}", sink.path());
        } else {
            throw new BridgeException(
                    "laundry-bridge.path is set, but the web server has no WebSocket container; add its"
                            + " jakarta.websocket module, which spring-boot-starter-websocket brings for Tomcat");
        }
    }
}
