package io.laundrybridge.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a client's line with their types; every refusal names the field. */
final class ClientFields {
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private final Map<String, @Nullable Object> values;

    ClientFields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** Returns the line's {@code id}, for the answer; null if it has none that can be used. */
    @Nullable Long idIfGiven() {
        return values.get("id") instanceof Long id && id >= 0 && id <= MAX_SAFE_INTEGER ? id : null;
    }

    long number(String name) {
        if (values.get(name) instanceof Long number && number >= 0 && number <= MAX_SAFE_INTEGER) {
            return number;
        }
        throw refused("'" + name + "' must be a whole number from 0 to 2^53-1");
    }

    String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw refused("'" + name + "' must be a string");
    }

    @Nullable String textIfGiven(String name) {
        return values.containsKey(name) ? text(name) : null;
    }

    /** Returns the text of any JSON value, as the client wrote it. */
    byte[] bytes(String name) {
        if (values.get(name) instanceof byte[] text) {
            return text;
        }
        throw refused("'" + name + "' is missing; it may be any JSON value");
    }

    List<String> texts(String name) {
        if (!values.containsKey(name)) {
            return List.of();
        }
        if (values.get(name) instanceof List<?> items
                && !items.isEmpty()
                && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        throw refused("'" + name + "' must be a list of at least one string");
    }

    /** Returns a list that may be empty; null if the field is missing. */
    @Nullable List<String> textsOrNull(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        return value instanceof List<?> items && items.isEmpty() ? List.of() : texts(name);
    }

    boolean truth(String name) {
        if (values.get(name) instanceof Boolean truth) {
            return truth;
        }
        throw refused("'" + name + "' must be true or false");
    }

    /** Returns the object in field {@code name}, with any content. */
    @Nullable Map<String, @Nullable Object> objectIfGiven(String name) {
        if (!values.containsKey(name)) {
            return null;
        }
        if (!(values.get(name) instanceof Map<?, ?> object)) {
            throw new RefusedLineException(
                    ErrorCode.BAD_FILTER, "'" + name + "' must be an object such as {\"gt\":[\"/temperature\",60]}");
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Refuses fields that the operation does not have. */
    void only(String... names) {
        Set<String> known = Set.of(names);
        for (String name : values.keySet()) {
            if (!name.equals("op") && !known.contains(name)) {
                throw refused("field '" + printable(name) + "' is not known for this op; it knows "
                        + String.join(", ", names));
            }
        }
    }

    private static String printable(String name) {
        String safe = name.replaceAll("[^\\x20-\\x7e]|[\"'\\\\]", "?");
        return safe.length() > 32 ? safe.substring(0, 32) : safe;
    }

    private static RefusedLineException refused(String message) {
        return new RefusedLineException(ErrorCode.BAD_REQUEST, message);
    }
}
