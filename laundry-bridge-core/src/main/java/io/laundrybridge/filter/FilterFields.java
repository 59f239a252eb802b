package io.laundrybridge.filter;

import io.laundrybridge.error.SettingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The fields of a channel's values that filters may ask for, as JSON pointers (RFC 6901). Immutable. */
public final class FilterFields {
    /** None: the channel takes no filters. */
    public static final FilterFields NONE = new FilterFields(List.of());

    private final List<String> pointers;

    private FilterFields(List<String> pointers) {
        this.pointers = pointers;
    }

    /**
     * The fields at {@code pointers}.
     *
     * @throws SettingException if one is no JSON pointer to a field, or stands twice
     */
    public static FilterFields of(List<String> pointers) {
        for (String pointer : pointers) {
            if (!pointer.matches("(/([^~]|~[01])*)+")) {
                throw new SettingException("a filter field is '" + pointer
                        + "'; expected a JSON pointer such as /temperature or /site/name in filter-fields");
            }
        }
        if (new HashSet<>(pointers).size() < pointers.size()) {
            throw new SettingException("the filter fields " + pointers + " name one twice; name each once");
        }
        return new FilterFields(List.copyOf(pointers));
    }

    public boolean isEmpty() {
        return pointers.isEmpty();
    }

    /** How many there are. */
    public int count() {
        return pointers.size();
    }

    /** The place of {@code pointer} among them; -1 if it is not declared. */
    public int indexOf(String pointer) {
        return pointers.indexOf(pointer);
    }

    /** The names on the way to field {@code index}, outermost first. */
    public List<String> path(int index) {
        List<String> names = new ArrayList<>();
        for (String name : pointers.get(index).substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return names;
    }

    /** As a sentence lists them. */
    @Override
    public String toString() {
        return String.join(", ", pointers);
    }
}
