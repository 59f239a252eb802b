package io.laundrybridge.session.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dialects of one endpoint by their subprotocols, and the choice among them. Immutable. */
public final class Dialects {
    private static final String NONE = "";

    private final Map<String, Dialect> bySubprotocol = new LinkedHashMap<>();
    private final List<String> subprotocols;

    /**
     * Makes a list of these dialects.
     *
     * @throws IllegalArgumentException if two have the same subprotocol
     */
    public Dialects(List<Dialect> dialects) {
        for (Dialect each : dialects) {
            if (bySubprotocol.putIfAbsent(each.subprotocol(), each) != null) {
                throw new IllegalArgumentException("two dialects have the subprotocol '" + each.subprotocol() + "'");
            }
        }
        subprotocols = bySubprotocol.keySet().stream()
                .filter(name -> !name.equals(NONE))
                .toList();
    }

    /** Returns the names of all subprotocols. */
    public List<String> subprotocols() {
        return subprotocols;
    }

    /** Returns the first known one of the subprotocols {@code requested}; "" if there is none. */
    public String negotiate(List<String> requested) {
        return requested.stream().filter(subprotocols::contains).findFirst().orElse(NONE);
    }

    /** Returns the dialect of a client that requests these subprotocols; null if it requests unknown ones only. */
    public @Nullable Dialect choose(List<String> requested) {
        String name = negotiate(requested);
        return name.equals(NONE) && !requested.isEmpty() ? null : bySubprotocol.get(name);
    }

    /** Returns the possible subprotocols, as words of a sentence. */
    public String expected() {
        return bySubprotocol.keySet().stream()
                .map(name -> name.equals(NONE) ? "none" : name)
                .collect(Collectors.joining(" or "));
    }
}
