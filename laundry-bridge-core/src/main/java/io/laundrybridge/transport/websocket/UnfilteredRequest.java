package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.transport.HandshakeHeaders;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a handshake that no {@link io.laundrybridge.transport.servlet.OriginFilter} has seen. Jetty upgrades before
 * filters run, and Tyrus' own server has none. The API does not show the connection, so the container's adapter is
 * asked.
 */
final class UnfilteredRequest {

    private UnfilteredRequest() {}

    static UpgradeRequest of(
            ContainerAdapter container,
            HandshakeRequest request,
            HandshakeHeaders headers,
            Map<String, Object> properties) {
        URI uri = uri(request);
        Connection connection = container.connection(request, properties, isSecure(uri));
        String server = uri == null ? null : uri.getRawAuthority();
        return UpgradeRequest.of(headers::value, server, request.getUserPrincipal() != null, connection);
    }

    /** Returns null if the request's target is no valid {@link URI}. */
    private static @Nullable URI uri(HandshakeRequest request) {
        try {
            return request.getRequestURI();
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private static boolean isSecure(@Nullable URI uri) {
        return uri != null && ("https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme()));
    }
}
