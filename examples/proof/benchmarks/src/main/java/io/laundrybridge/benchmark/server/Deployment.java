package io.laundrybridge.benchmark.server;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** Puts an endpoint into a servlet container, once the container's own initializer has run. */
final class Deployment implements ServletContainerInitializer {
    private final ServerEndpointConfig endpoint;

    Deployment(ServerEndpointConfig endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) throws ServletException {
        var container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        // for every path, because some containers run the upgrade's filter only before a servlet
        context.addServlet("nothing else", new NothingElse()).addMapping("/");
        try {
            container.addEndpoint(endpoint);
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }
}
