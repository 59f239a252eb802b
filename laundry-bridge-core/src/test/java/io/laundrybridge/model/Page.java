package io.laundrybridge.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer's page shows of the channel.
 *
 * @param keys patterns as in a view; null for all
 * @param hidden whether it shows nothing at present
 */
record Page(@Nullable List<String> keys, boolean hidden) {
    /** What a session takes its client to show until that says otherwise. */
    static final Page ALL = new Page(null, false);

    static final Page NONE = new Page(List.of(), false);

    private static final List<Page> VIEWS = List.of(
            NONE,
            new Page(List.of("m-1"), false),
            new Page(List.of("m-1", "m-2", "m-3"), false),
            new Page(List.of("m-1*"), false),
            ALL);

    /** One that differs in its keys. */
    Page withKeys(int dice) {
        return new Page(VIEWS.get(dice % VIEWS.size()).keys, hidden);
    }

    Page hidden(boolean now) {
        return new Page(keys, now);
    }

    /** Whether {@code key} is in view, or would be if the page were not hidden. */
    boolean shows(String key) {
        return keys == null || keys.stream().anyMatch(each -> matches(each, key));
    }

    boolean showsAll() {
        return keys == null && !hidden;
    }

    /** The request that says which keys. */
    String request() {
        String list = keys == null
                ? "null"
                : keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(",", "[", "]"));
        return "{\"op\":\"view\",\"ch\":\"c\",\"keys\":" + list + "}";
    }

    private static boolean matches(String pattern, String key) {
        return pattern.endsWith("*") ? key.startsWith(pattern.substring(0, pattern.length() - 1)) : key.equals(pattern);
    }
}
