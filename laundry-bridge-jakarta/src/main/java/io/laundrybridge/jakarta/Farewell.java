package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridge;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Stops the bridge while sockets are still open. Containers close them, with 1001, from a listener of their own, which may
 * well hear of the end before ours does; but every servlet is destroyed before any listener is told (Servlet 6.0,
 * {@code ServletContextListener#contextDestroyed}). This servlet has no path: only its end counts.
 */
final class Farewell extends GenericServlet {
    private static final long serialVersionUID = 1L;

    private final transient LaundryBridge bridge;

    Farewell(LaundryBridge bridge) {
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
