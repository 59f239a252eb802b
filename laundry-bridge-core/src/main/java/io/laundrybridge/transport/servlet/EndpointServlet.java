package io.laundrybridge.transport.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers requests for an endpoint's path that open no WebSocket, with 426 and {@code Upgrade: websocket} (RFC 9110,
 * section 15.5.22). In some containers, such as Tomcat, a filter upgrades, and it runs only if some servlet is mapped
 * to the path. An application without a servlet at {@code /} therefore needs this one at its endpoint's path.
 */
public final class EndpointServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.sendError(426, "This path accepts WebSocket connections only");
    }
}
