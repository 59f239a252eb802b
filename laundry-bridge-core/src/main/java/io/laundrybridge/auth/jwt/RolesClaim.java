package io.laundrybridge.auth.jwt;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claim with a user's roles: a list of strings, or one string of words as in {@code scope}.
 *
 * @param name a claim's name, or if there is none, names joined by dots that lead into objects
 */
record RolesClaim(String name) {
    private static final Pattern SPACES = Pattern.compile(" +");

    /** Returns the roles; none if the claim is missing or has another form. */
    Set<String> roles(Map<String, Object> claims) {
        return words(claims.containsKey(name) ? claims.get(name) : inside(claims))
                .collect(Collectors.toSet());
    }

    private @Nullable Object inside(Map<String, Object> claims) {
        Object value = claims;
        for (String step : name.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    private static Stream<String> words(@Nullable Object value) {
        if (value instanceof String text) {
            return SPACES.splitAsStream(text).filter(word -> !word.isEmpty());
        }
        return value instanceof Collection<?> several
                ? several.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
