package io.laundrybridge.spring.security;

import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a user, as {@link io.laundrybridge.policy.Caller} has them: strings, numbers, booleans, lists and maps.
 * Times are seconds since 1970, as in the token itself. Values of other types are left out.
 */
final class Claims {
    private Claims() {}

    static Map<String, Object> of(Map<?, ?> attributes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            Object claim = value(value);
            if (name instanceof String text && claim != null) {
                claims.put(text, claim);
            }
        });
        return claims;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Instant time) {
            return time.getEpochSecond();
        }
        if (value instanceof Date time) {
            return time.toInstant().getEpochSecond();
        }
        if (value instanceof URL || value instanceof URI) {
            return value.toString();
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(Claims::value).filter(Objects::nonNull).toList();
        }
        return value instanceof Map<?, ?> nested ? of(nested) : null;
    }
}
