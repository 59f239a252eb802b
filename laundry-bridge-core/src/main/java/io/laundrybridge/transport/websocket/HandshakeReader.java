package io.laundrybridge.transport.websocket;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.transport.HandshakeHeaders;
import io.laundrybridge.transport.QueryString;
import jakarta.websocket.server.HandshakeRequest;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads from the handshake request what a session needs to know, while the request is valid. Afterwards containers
 * throw, or answer for the request that took its place.
 */
final class HandshakeReader {

    private HandshakeReader() {}

    static Handshake read(HandshakeRequest request, HandshakeHeaders headers, Set<String> roles, String address) {
        return new Handshake(
                headers.tokens("Sec-WebSocket-Protocol"),
                QueryString.parameters(request.getQueryString()),
                caller(request, roles),
                address,
                Objects.requireNonNullElse(headers.value("Origin"), ""));
    }

    private static Caller caller(HandshakeRequest request, Set<String> roles) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Caller.ANONYMOUS;
        }
        Predicate<String> inRole = request::isUserInRole;
        Set<String> held = roles.stream().filter(inRole).collect(Collectors.toUnmodifiableSet());
        return Caller.of(principal, held::contains);
    }
}
