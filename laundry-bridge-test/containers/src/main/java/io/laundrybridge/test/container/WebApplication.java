package io.laundrybridge.test.container;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.Set;

/** Registers a site in a servlet container, and a servlet behind every other path. */
final class WebApplication implements ServletContainerInitializer {
    private final TestSite site;

    WebApplication(TestSite site) {
        this.site = site;
    }

    /** Returns the container of a context, once its own initializer has run. */
    static ServerContainer container(ServletContext context) {
        Object container = context.getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new IllegalStateException("The context has no WebSocket container yet");
        }
        return (ServerContainer) container;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        site.register(context);
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
