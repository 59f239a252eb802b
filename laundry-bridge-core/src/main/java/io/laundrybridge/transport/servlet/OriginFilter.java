package io.laundrybridge.transport.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Answers a WebSocket handshake from a foreign origin with 403. To be registered on a sink's path, with {@code
 * sink::admits}; other requests pass. The endpoint itself refuses such handshakes too, but most containers let it say
 * so only as a server error.
 */
public final class OriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Admission admission;

    /** A filter that lets in whom {@code admission} admits. */
    public OriginFilter(Admission admission) {
        this.admission = admission;
    }

    /** Says who may connect. Thread-safe. */
    @FunctionalInterface
    public interface Admission {

        /** Whether a handshake may go on; see {@link io.laundrybridge.session.OriginPolicy#allows}. */
        boolean admits(@Nullable String origin, @Nullable String host, boolean ambientCredential);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (opensWebSocket(request) && !admitted(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** HTTP/1.1 upgrades (RFC 6455), later versions connect (RFC 8441). */
    private static boolean opensWebSocket(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || "CONNECT".equals(request.getMethod());
    }

    private boolean admitted(HttpServletRequest request) {
        boolean ambient = request.getHeader("Cookie") != null
                || request.getHeader("Authorization") != null
                || request.getUserPrincipal() != null;
        return admission.admits(origin(request), request.getHeader("Host"), ambient);
    }

    /** The origin; several are joined and then match nothing. */
    private static @Nullable String origin(HttpServletRequest request) {
        Enumeration<String> origins = request.getHeaders("Origin");
        return origins.hasMoreElements() ? String.join(", ", Collections.list(origins)) : null;
    }
}
