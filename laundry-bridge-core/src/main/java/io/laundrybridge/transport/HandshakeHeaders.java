package io.laundrybridge.transport;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a handshake request, equal in every container. Some containers split values at commas, some have an
 * empty list for an absent header, and not all ignore the case of names. Immutable.
 */
public final class HandshakeHeaders {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Takes headers as the container gives them. */
    public HandshakeHeaders(Map<String, List<String>> given) {
        headers.putAll(given);
        headers.values().removeIf(List::isEmpty);
    }

    /** Returns a copy of all headers. */
    public Map<String, List<String>> all() {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return copy;
    }

    /** Returns whether the request has the header. */
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /** Returns the header's value, with several values joined by commas; null if there is none. */
    public @Nullable String value(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : String.join(", ", values);
    }

    /** Returns the comma-separated tokens of the header, in order. */
    public List<String> tokens(String name) {
        return tokens(headers.getOrDefault(name, List.of()));
    }

    /** Returns the comma-separated tokens of a header's values, in order. */
    public static List<String> tokens(Collection<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }
}
