package io.laundrybridge.auth;

import io.laundrybridge.policy.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents: the handshake, or a token that came later. Held until the authenticator has answered.
 *
 * @param token the token of an {@code auth} line; null at the handshake
 * @param caller the user so far: at the handshake the one whom the host reports
 * @param headers the handshake's headers; names ignore case. Empty with a token
 * @param address the client's address; "" if unknown
 */
public record Credentials(@Nullable String token, Caller caller, Map<String, List<String>> headers, String address) {

    /**
     * {@return the value of a header of the handshake, several joined by commas}
     *
     * @param name the header's name, in any case
     */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> String.join(", ", header.getValue()))
                .findFirst();
    }

    /**
     * {@return the value of a cookie of the handshake}
     *
     * @param name the cookie's name
     */
    public Optional<String> cookie(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Cookie"))
                .flatMap(header -> header.getValue().stream())
                .flatMap(value -> List.of(value.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /** Says no credential: tokens and cookies stay out of logs. */
    @Override
    public String toString() {
        return "Credentials[" + (token == null ? "handshake" : "token") + " of '" + caller.name() + "']";
    }
}
