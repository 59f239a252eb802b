package io.laundrybridge.transport.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers requests for an endpoint's path that open no WebSocket: 426 with {@code Upgrade: websocket} (RFC 9110,
 * section 15.5.22). Containers whose upgrade is a filter, such as Tomcat, run it only if some servlet is mapped there,
 * so an application without a servlet at {@code /} needs this one at the path of its endpoint.
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
