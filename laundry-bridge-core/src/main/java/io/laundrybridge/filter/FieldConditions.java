package io.laundrybridge.filter;

import io.laundrybridge.policy.RowFilter;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Filter} of the conditions on fields in a {@link RowFilter}. Stateless. */
public final class FieldConditions {
    private static final Filter NEVER = new Filter.Or(List.of());

    private FieldConditions() {}

    /**
     * Returns the filter of the conditions in {@code rows} on {@code fields}; null if there are none. A condition on
     * any other field never matches.
     */
    public static @Nullable Filter of(RowFilter rows, FilterFields fields) {
        if (rows instanceof RowFilter.FieldIn in) {
            int field = fields.indexOf(in.pointer());
            return field < 0 ? NEVER : new Filter.In(field, choices(in.values()), false);
        }
        if (rows instanceof RowFilter.FieldPrefix prefix) {
            int field = fields.indexOf(prefix.pointer());
            return field < 0 ? NEVER : new Filter.Prefix(field, prefix.text());
        }
        if (rows instanceof RowFilter.All all) {
            List<Filter> parts = parts(all.filters(), fields);
            return parts.isEmpty() ? null : parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
        }
        return rows instanceof RowFilter.Any any && !any.aboutKeys()
                ? new Filter.Or(parts(any.filters(), fields))
                : null;
    }

    /** Returns the fields that {@code rows} has conditions on and that are not among {@code fields}. */
    public static Set<String> undeclared(RowFilter rows, FilterFields fields) {
        Set<String> pointers = new LinkedHashSet<>(rows.pointers());
        pointers.removeIf(pointer -> fields.indexOf(pointer) >= 0);
        return pointers;
    }

    private static List<Filter> parts(List<RowFilter> filters, FilterFields fields) {
        return filters.stream()
                .map(part -> of(part, fields))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns {@code values} as fields have them. A value that no field can equal is left out. */
    private static Set<Object> choices(Set<Object> values) {
        Set<Object> choices = new LinkedHashSet<>();
        for (Object value : values) {
            if (value instanceof String || value instanceof Boolean) {
                choices.add(value);
            } else if (value instanceof Number number) {
                choices.add(number(number));
            }
        }
        choices.remove(FieldValues.OTHER); // or it would match every list and object
        return Set.copyOf(choices);
    }

    private static Object number(Number number) {
        return number instanceof BigDecimal decimal
                ? FieldValues.number(decimal)
                : FieldValues.number(String.valueOf(number));
    }
}
