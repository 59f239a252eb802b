package io.laundrybridge.encode;

import io.laundrybridge.filter.FilterFields;
import java.util.HashMap;
import java.util.Map;

/**
 * A declared filter field in a value, or a place on the way to one. The places of a channel form a tree. Not
 * thread-safe.
 */
final class DeclaredPlace {
    /** A place that leads to no declared field. */
    static final DeclaredPlace NOWHERE = new DeclaredPlace("");

    private static final int NO_FIELD = -1;

    private final String pointer;
    private final Map<String, DeclaredPlace> below = new HashMap<>();
    private int field = NO_FIELD;
    private long seenIn;

    private DeclaredPlace(String pointer) {
        this.pointer = pointer;
    }

    /** Returns the place of whole values, from which all of {@code fields} are reached. */
    static DeclaredPlace root(FilterFields fields) {
        DeclaredPlace root = new DeclaredPlace("");
        for (int i = 0; i < fields.count(); i++) {
            DeclaredPlace place = root;
            for (String name : fields.path(i)) {
                String pointer = place.pointer + "/" + name;
                place = place.below.computeIfAbsent(name, any -> new DeclaredPlace(pointer));
            }
            place.field = i;
        }
        return root;
    }

    /** Returns the declared field that is here, or a number below 0. */
    int field() {
        return field;
    }

    /** Returns whether no declared field is below this place. */
    boolean isLeaf() {
        return below.isEmpty();
    }

    /**
     * Returns the place of {@code name} below this one, for record number {@code record}.
     *
     * @throws UndecodableException if the record has that place twice
     */
    DeclaredPlace below(String name, long record) throws UndecodableException {
        DeclaredPlace place = below.get(name);
        if (place == null) {
            return NOWHERE;
        }
        if (place.seenIn == record) {
            throw UndecodableException.undecodable(
                    "the filter field '" + place.pointer + "' occurs twice in its value");
        }
        place.seenIn = record;
        return place;
    }
}
