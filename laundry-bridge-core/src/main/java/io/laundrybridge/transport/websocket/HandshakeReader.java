package io.laundrybridge.transport.websocket;

import io.laundrybridge.channel.Caller;
import io.laundrybridge.session.Handshake;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a session needs to know out of the handshake request, while it is valid: afterwards containers throw, or
 * answer for the request that took its place.
 */
final class HandshakeReader {

    private HandshakeReader() {}

    static Handshake read(HandshakeRequest request, HandshakeHeaders headers, Set<String> roles, String address) {
        return new Handshake(
                headers.tokens("Sec-WebSocket-Protocol"),
                query(request.getQueryString()),
                caller(request, roles),
                address);
    }

    private static Caller caller(HandshakeRequest request, Set<String> roles) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Caller.ANONYMOUS;
        }
        Predicate<String> inRole = request::isUserInRole;
        Set<String> held = roles.stream().filter(inRole).collect(Collectors.toUnmodifiableSet());
        return new Caller(principal, held::contains);
    }

    /**
     * The parameters of a raw query, decoded as UTF-8. Decoded here because containers differ in what they decode. A
     * parameter with a broken escape is taken as it stands.
     */
    static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                add(pair, parameters);
            }
        }
        parameters.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(parameters);
    }

    private static void add(String pair, Map<String, List<String>> parameters) {
        if (!pair.isEmpty()) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
