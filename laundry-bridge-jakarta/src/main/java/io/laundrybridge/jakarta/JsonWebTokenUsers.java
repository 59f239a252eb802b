package io.laundrybridge.jakarta;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.policy.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds groups and claims to the users whom MicroProfile JWT has authenticated at the handshake. Their sessions end with
 * the token.
 */
final class JsonWebTokenUsers implements Authenticator {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        return CompletableFuture.completedStage(
                credentials.token() == null && credentials.caller().principal() instanceof JsonWebToken token
                        ? caller(credentials.caller(), token)
                        : null);
    }

    @Override
    public boolean knowsTokens() {
        return false;
    }

    private static Caller caller(Caller user, JsonWebToken token) {
        long expires = token.getExpirationTime();
        Collection<String> groups = token.getGroups() == null ? Set.of() : token.getGroups();
        return new Caller(
                user.principal(),
                role -> groups.contains(role) || user.roles().test(role),
                claims(token),
                expires <= 0 ? null : Instant.ofEpochSecond(expires));
    }

    private static Map<String, Object> claims(JsonWebToken token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : token.getClaimNames()) {
            Object value = plain(token.getClaim(name));
            if (value != null && !name.equals("raw_token")) {
                claims.put(name, value);
            }
        }
        return claims;
    }

    /** Returns {@code value} as a type of Java alone: the texts of JSON's own types are JSON. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Collection<?> several) {
            return several.stream()
                    .map(JsonWebTokenUsers::plain)
                    .filter(Objects::nonNull)
                    .toList();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> plain = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                Object of = plain(field);
                if (of != null) {
                    plain.put(String.valueOf(name), of);
                }
            });
            return plain;
        }
        return JSON.readValue(value.toString(), Object.class);
    }
}
