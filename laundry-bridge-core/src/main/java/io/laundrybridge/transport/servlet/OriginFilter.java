package io.laundrybridge.transport.servlet;

import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.transport.FilteredRequest;
import io.laundrybridge.transport.QueryString;
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
 * Checks WebSocket handshakes: it answers one from a foreign origin with 403, and one whose query is not encoded with
 * 400. It also passes the connection's addresses to the endpoint. Register it on a sink's path, with
 * {@code sink::admits}; other requests pass. The endpoint itself refuses such handshakes too, but most containers turn
 * its answer into a server error.
 */
public final class OriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Admission admission;

    /**
     * Makes a filter that lets pass what {@code admission} admits.
     *
     * @param admission decides, for example {@code sink::admits}
     */
    public OriginFilter(Admission admission) {
        this.admission = admission;
    }

    /** Decides which handshakes may go on. Thread-safe. */
    @FunctionalInterface
    public interface Admission {

        /**
         * {@return whether a handshake may go on; see {@link io.laundrybridge.session.admission.Admission#judge}}
         *
         * @param request the handshake
         */
        Verdict admits(UpgradeRequest request);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!opensWebSocket(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (!QueryString.isEncoded(request.getQueryString())) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, QueryString.CURE);
            return;
        }
        UpgradeRequest upgrade = upgrade(request);
        if (!admission.admits(upgrade).admitted()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        FilteredRequest.begin(upgrade);
        try {
            chain.doFilter(request, response);
        } finally {
            FilteredRequest.end();
        }
    }

    /**
     * Returns whether the request opens a WebSocket: HTTP/1.1 upgrades (RFC 6455), later versions connect (RFC 8441).
     */
    private static boolean opensWebSocket(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || "CONNECT".equals(request.getMethod());
    }

    private static UpgradeRequest upgrade(HttpServletRequest request) {
        Connection connection = new Connection(request.getRemoteAddr(), request.getLocalAddr(), request.isSecure());
        return UpgradeRequest.of(
                name -> joined(request.getHeaders(name)),
                server(request),
                request.getUserPrincipal() != null,
                connection);
    }

    /**
     * Returns the server's name and port as the container reads them from {@code Host} or {@code :authority}, and from
     * forwarding headers if so configured.
     */
    private static @Nullable String server(HttpServletRequest request) {
        String name = request.getServerName();
        if (name == null) {
            return null;
        }
        boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
        return (bare ? "[" + name + "]" : name) + ":" + request.getServerPort();
    }

    /** Returns the values of a header. Several are joined, and then match no origin. */
    private static @Nullable String joined(@Nullable Enumeration<String> values) {
        return values != null && values.hasMoreElements() ? String.join(", ", Collections.list(values)) : null;
    }
}
