package io.laundrybridge.testing;

import io.laundrybridge.transport.servlet.ClientServlet;
import io.laundrybridge.transport.servlet.OriginFilter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Deploys endpoints in a servlet container, with the filter and the servlet that hosts register too. */
final class WebApplication implements ServletContainerInitializer {
    private final List<Deployment> deployments;

    WebApplication(List<Deployment> deployments) {
        this.deployments = deployments;
    }

    /** The container of a context, once its own initializer has run. */
    static ServerContainer container(ServletContext context) {
        Object container = context.getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new IllegalStateException("The context has no WebSocket container yet");
        }
        return (ServerContainer) container;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        for (Deployment deployment : deployments) {
            deployment.endpoint().accept(container(context));
            FilterRegistration.Dynamic filter =
                    context.addFilter("origin of " + deployment.path(), new OriginFilter(deployment.admission()));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(null, false, deployment.path());
        }
        ServletRegistration.Dynamic client = context.addServlet("client", new ClientServlet());
        client.addMapping("/laundry-bridge/*");
        ServletRegistration.Dynamic rest = context.addServlet("nothing else", new NothingElse());
        rest.setAsyncSupported(true);
        rest.addMapping("/");
    }

    /** A servlet behind every path: some containers run no filter without one. */
    private static final class NothingElse extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
