package io.laundrybridge.filter;

import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;

import io.laundrybridge.error.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a channel's values that filters may use, as JSON pointers (RFC 6901). Immutable. */
public final class FilterFields {
    /** No fields: the channel accepts no filters. */
    public static final FilterFields NONE = new FilterFields(List.of());

    private final List<String> pointers;

    private FilterFields(List<String> pointers) {
        this.pointers = pointers;
    }

    /**
     * Returns the fields at {@code pointers}.
     *
     * @throws SettingException if one is not a JSON pointer to a field, or occurs twice
     */
    public static FilterFields of(List<String> pointers) {
        return new FilterFields(List.copyOf(FILTER_FIELDS.check(pointers)));
    }

    /** Returns these fields and the ones at {@code more} pointers. */
    public FilterFields with(Set<String> more) {
        List<String> all = new ArrayList<>(pointers);
        more.stream().filter(pointer -> !pointers.contains(pointer)).sorted().forEach(all::add);
        return of(all);
    }

    public boolean isEmpty() {
        return pointers.isEmpty();
    }

    /** Returns the number of fields. */
    public int count() {
        return pointers.size();
    }

    /** Returns the index of {@code pointer}; -1 if it is not declared. */
    public int indexOf(String pointer) {
        return pointers.indexOf(pointer);
    }

    /** Returns the names on the path to field {@code index}, outermost first. */
    public List<String> path(int index) {
        List<String> names = new ArrayList<>();
        for (String name : pointers.get(index).substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilterFields fields && fields.pointers.equals(pointers);
    }

    @Override
    public int hashCode() {
        return pointers.hashCode();
    }

    /** Returns the fields as a sentence lists them. */
    @Override
    public String toString() {
        return String.join(", ", pointers);
    }
}
