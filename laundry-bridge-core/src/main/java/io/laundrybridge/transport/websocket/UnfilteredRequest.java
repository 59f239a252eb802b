package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that no {@link io.laundrybridge.transport.servlet.OriginFilter} has seen: Jetty upgrades before filters run, and
 * Tyrus' own server has none. The API tells of no connection, so each container is asked in its own words.
 */
final class UnfilteredRequest {
    /** Under these Jetty tells the addresses of the socket. */
    private static final String JETTY_REMOTE = "jakarta.websocket.endpoint.remoteAddress";

    private static final String JETTY_LOCAL = "jakarta.websocket.endpoint.localAddress";

    private UnfilteredRequest() {}

    static UpgradeRequest of(HandshakeRequest request, HandshakeHeaders headers, Map<String, Object> properties) {
        URI uri = uri(request);
        Connection connection = request.getClass().getName().startsWith("org.glassfish.tyrus.")
                ? tyrus(request)
                : new Connection(
                        literal(properties.get(JETTY_REMOTE)), literal(properties.get(JETTY_LOCAL)), secure(uri));
        String server = uri == null ? null : uri.getRawAuthority();
        return UpgradeRequest.of(headers::value, server, request.getUserPrincipal() != null, connection);
    }

    private static Connection tyrus(HandshakeRequest request) {
        return new Connection(
                text(ask(request, "getRemoteAddr")),
                text(ask(request, "getServerAddr")),
                Boolean.TRUE.equals(ask(request, "isSecure")));
    }

    private static @Nullable Object ask(HandshakeRequest request, String method) {
        try {
            return request.getClass().getMethod(method).invoke(request);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String literal(@Nullable Object socket) {
        return socket instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : null;
    }

    /** Null where the request's target is none that {@link URI} takes. */
    private static @Nullable URI uri(HandshakeRequest request) {
        try {
            return request.getRequestURI();
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private static boolean secure(@Nullable URI uri) {
        return uri != null && ("https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme()));
    }
}
