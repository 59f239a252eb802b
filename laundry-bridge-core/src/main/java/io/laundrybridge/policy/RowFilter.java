package io.laundrybridge.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the rows of a channel, to restrict what a caller may read. Fields are JSON pointers (RFC 6901) that
 * the channel declares as filter fields. A row without the field matches no condition on it. Immutable; equal filters
 * are equal.
 */
public sealed interface RowFilter {

    /**
     * {@return the filter of rows whose field equals {@code value}}
     *
     * @param pointer the field, for example {@code /tenant}
     * @param value a string, number or boolean; of a collection, one of its elements is enough. Null and anything else
     *     match nothing, so that a missing claim shows no rows
     */
    static RowFilter eq(String pointer, @Nullable Object value) {
        return in(
                pointer, value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value));
    }

    /**
     * {@return the filter of rows whose field equals one of {@code values}}
     *
     * @param pointer the field, for example {@code /tenant}
     * @param values strings, numbers and booleans; anything else among them matches nothing
     */
    static RowFilter in(String pointer, Collection<?> values) {
        Set<Object> choices = new LinkedHashSet<>();
        for (Object value : values) {
            if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
                choices.add(((Number) value).longValue()); // so that equal filters are equal
            } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                choices.add(value);
            }
        }
        return new FieldIn(pointer, Set.copyOf(choices));
    }

    /**
     * {@return the filter of rows whose field is a string that begins with {@code text}}
     *
     * @param pointer the field, for example {@code /site}
     * @param text the beginning; empty for every string
     */
    static RowFilter prefix(String pointer, String text) {
        return new FieldPrefix(pointer, text);
    }

    /**
     * {@return the filter of rows with one of these keys}
     *
     * @param keys whole keys, as clients see them; none match nothing
     */
    static RowFilter keys(Collection<String> keys) {
        return new KeyIn(Set.copyOf(keys));
    }

    /**
     * {@return the filter of rows whose key begins with {@code prefix}}
     *
     * @param prefix the beginning of keys, as clients see them; empty for every key
     */
    static RowFilter keyPrefix(String prefix) {
        return new KeyPrefix(prefix);
    }

    /**
     * {@return the filter of rows that match this and {@code other}}
     *
     * @param other another filter
     */
    default RowFilter and(RowFilter other) {
        return new All(List.of(this, other));
    }

    /**
     * {@return the filter of rows that match this, or {@code other}, or both}
     *
     * @param other another filter; conditions on fields and on keys cannot be mixed
     * @throws IllegalArgumentException if one is about keys and the other about fields
     */
    default RowFilter or(RowFilter other) {
        return new Any(List.of(this, other));
    }

    /** {@return the fields that this has conditions on, as JSON pointers} */
    default Set<String> pointers() {
        return Set.of();
    }

    /** {@return whether no row can match} */
    default boolean matchesNothing() {
        return false;
    }

    /** {@return whether this is a condition on keys} */
    default boolean aboutKeys() {
        return false;
    }

    /** {@return whether this is a condition on fields} */
    default boolean aboutFields() {
        return !aboutKeys();
    }

    /**
     * A field equals one of some values.
     *
     * @param pointer the field
     * @param values strings, numbers, booleans
     */
    record FieldIn(String pointer, Set<Object> values) implements RowFilter {
        @Override
        public Set<String> pointers() {
            return Set.of(pointer);
        }

        @Override
        public boolean matchesNothing() {
            return values.isEmpty();
        }
    }

    /**
     * A field is a string that begins with a text.
     *
     * @param pointer the field
     * @param text the beginning
     */
    record FieldPrefix(String pointer, String text) implements RowFilter {
        @Override
        public Set<String> pointers() {
            return Set.of(pointer);
        }
    }

    /**
     * The key is one of some keys.
     *
     * @param keys whole keys
     */
    record KeyIn(Set<String> keys) implements RowFilter {
        @Override
        public boolean matchesNothing() {
            return keys.isEmpty();
        }

        @Override
        public boolean aboutKeys() {
            return true;
        }
    }

    /**
     * The key begins with a text.
     *
     * @param prefix the beginning
     */
    record KeyPrefix(String prefix) implements RowFilter {
        @Override
        public boolean aboutKeys() {
            return true;
        }
    }

    /**
     * All filters match.
     *
     * @param filters at least one
     */
    record All(List<RowFilter> filters) implements RowFilter {
        @Override
        public Set<String> pointers() {
            return filters.stream()
                    .flatMap(filter -> filter.pointers().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean matchesNothing() {
            return filters.stream().anyMatch(RowFilter::matchesNothing);
        }

        @Override
        public boolean aboutKeys() {
            return filters.stream().anyMatch(RowFilter::aboutKeys);
        }

        @Override
        public boolean aboutFields() {
            return filters.stream().anyMatch(RowFilter::aboutFields);
        }
    }

    /**
     * One of the filters matches.
     *
     * @param filters at least one; all about keys, or all about fields
     */
    record Any(List<RowFilter> filters) implements RowFilter {
        @Override
        public Set<String> pointers() {
            return filters.stream()
                    .flatMap(filter -> filter.pointers().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /**
         * Checks the filters.
         *
         * @param filters at least one
         * @throws IllegalArgumentException if some are about keys and others about fields
         */
        public Any {
            if (filters.stream().anyMatch(RowFilter::aboutKeys)
                    && filters.stream().anyMatch(RowFilter::aboutFields)) {
                throw new IllegalArgumentException("'or' joins conditions on keys, or conditions on fields, not both;"
                        + " use 'and', or put the key into a field");
            }
        }

        @Override
        public boolean matchesNothing() {
            return filters.stream().allMatch(RowFilter::matchesNothing);
        }

        @Override
        public boolean aboutKeys() {
            return filters.stream().anyMatch(RowFilter::aboutKeys);
        }
    }
}
