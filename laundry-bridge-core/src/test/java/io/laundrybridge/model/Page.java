package io.laundrybridge.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer's page shows of the channel.
 *
 * @param keys patterns as in a view; null for all
 * @param hidden whether it shows nothing at present
 * @param latest whether the newest of each key is enough for it of what it misses while it is hidden
 */
record Page(@Nullable List<String> keys, boolean hidden, boolean latest) {
    /** What a session takes its client to show until that says otherwise. */
    static final Page ALL = new Page(null, false, false);

    static final Page NONE = new Page(List.of(), false, false);

    private static final List<Page> VIEWS = List.of(
            NONE,
            new Page(List.of("m-1"), false, false),
            new Page(List.of("m-1", "m-2", "m-3"), false, false),
            new Page(List.of("m-1*"), false, false),
            ALL);

    /** One that differs in its keys. */
    Page withKeys(int dice) {
        return new Page(VIEWS.get(dice % VIEWS.size()).keys, hidden, latest);
    }

    /** One that is hidden, and content with the newest of each key if {@code newestOnly}. */
    Page hide(boolean newestOnly) {
        return new Page(keys, true, newestOnly);
    }

    Page show() {
        return new Page(keys, false, false);
    }

    /** The same keys, or none, of a page as hidden as this one. */
    Page none() {
        return new Page(List.of(), hidden, latest);
    }

    /** Whether something newer of the same key may stand for what happens meanwhile. */
    boolean conflates() {
        return hidden && latest;
    }

    /** Whether {@code key} is in view, or would be if the page were not hidden. */
    boolean shows(String key) {
        return keys == null || keys.stream().anyMatch(each -> matches(each, key));
    }

    boolean showsAllKeys() {
        return keys == null;
    }

    /** The request that says whether it is hidden. */
    String visibility() {
        return "{\"op\":\"view\",\"hidden\":" + hidden + (latest ? ",\"onReturn\":\"latest\"}" : "}");
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
