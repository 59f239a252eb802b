package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridge;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Stops the bridge while sockets are still open, when it is destroyed. Containers close sockets, with 1001, from their
 * own listener, which may be called before ours. Every servlet is destroyed before any listener is called (Servlet 6.0,
 * {@code ServletContextListener#contextDestroyed}). This servlet has no path and answers nothing.
 */
final class StopBeforeSocketsServlet extends GenericServlet {
    private static final long serialVersionUID = 1L;

    private final transient LaundryBridge bridge;

    StopBeforeSocketsServlet(LaundryBridge bridge) {
        this.bridge = bridge;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) {
        throw new IllegalStateException("no request comes here");
    }

    @Override
    public void destroy() {
        bridge.close();
    }
}
