package io.laundrybridge.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a viewer's page.
 *
 * @param keys patterns as in a view; null for all
 * @param hidden whether the page is hidden
 * @param latest whether the newest event of each key is enough of what it misses while hidden
 */
record Page(@Nullable List<String> keys, boolean hidden, boolean latest) {
    /** The page that a session assumes until the client says otherwise. */
    static final Page ALL = new Page(null, false, false);

    static final Page NONE = new Page(List.of(), false, false);

    private static final List<Page> VIEWS = List.of(
            NONE,
            new Page(List.of("m-1"), false, false),
            new Page(List.of("m-1", "m-2", "m-3"), false, false),
            new Page(List.of("m-1*"), false, false),
            ALL);

    /** Returns this page with other keys. */
    Page withKeys(int dice) {
        return new Page(VIEWS.get(dice % VIEWS.size()).keys, hidden, latest);
    }

    /** Returns this page hidden; with {@code newestOnly}, the newest of each key is enough for it. */
    Page hide(boolean newestOnly) {
        return new Page(keys, true, newestOnly);
    }

    Page show() {
        return new Page(keys, false, false);
    }

    /** Returns this page with the keys of another, or none. */
    Page none() {
        return new Page(List.of(), hidden, latest);
    }

    /** Returns whether a newer event of the same key may replace missed ones. */
    boolean conflates() {
        return hidden && latest;
    }

    /** Returns whether {@code key} is in view, or would be if the page were visible. */
    boolean shows(String key) {
        return keys == null || keys.stream().anyMatch(each -> matches(each, key));
    }

    boolean showsAllKeys() {
        return keys == null;
    }

    /** Returns the request that says whether it is hidden. */
    String visibility() {
        return "{\"op\":\"view\",\"hidden\":" + hidden + (latest ? ",\"onReturn\":\"latest\"}" : "}");
    }

    /** Returns the request that names its keys. */
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
