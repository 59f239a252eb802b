package io.laundrybridge.filter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition on the declared fields of a record. Immutable; filters with the same meaning are equal. */
public sealed interface Filter {

    /** Returns whether a record with {@code values} matches. A deletion never matches. */
    static boolean matches(Filter filter, FieldValues values) {
        return values != FieldValues.NOTHING && filter.holds(values);
    }

    /**
     * Returns what {@code filter} demands at least: that a field has one of some values. Null if it demands no such
     * thing.
     */
    static @Nullable In demand(Filter filter) {
        if (filter instanceof In in && !in.not()) {
            return in;
        }
        if (filter instanceof And and) {
            return and.parts().stream()
                    .map(Filter::demand)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    /**
     * Returns whether this condition matches {@code values}, which belong to a record. A field of another type is never
     * an error.
     */
    boolean holds(FieldValues values);

    /** All of these filters match. */
    record And(List<Filter> parts) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            for (Filter part : parts) {
                if (!part.holds(values)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One of these filters matches. */
    record Or(List<Filter> parts) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            for (Filter part : parts) {
                if (part.holds(values)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** This filter does not match. */
    record Not(Filter part) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            return !part.holds(values);
        }
    }

    /** The field exists, with any value. */
    record Exists(int field) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            return values.get(field) != FieldValues.MISSING;
        }
    }

    /** The field equals one of these choices; with {@code not}, it exists and equals none of them. */
    record In(int field, Set<Object> choices, boolean not) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            Object value = values.get(field);
            return value != FieldValues.MISSING && choices.contains(value) != not;
        }
    }

    /** The field is a string that begins with this text. */
    record Prefix(int field, String prefix) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            return values.get(field) instanceof String text && text.startsWith(prefix);
        }
    }

    /** The field is a number with this order to {@code bound}. */
    record NumberBound(int field, Order order, BigDecimal bound, Object exact) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            Object value = values.get(field);
            if (value instanceof Long one && exact instanceof Long other) {
                return order.holds(Long.compare(one, other));
            }
            BigDecimal number = FieldValues.decimal(value);
            return number != null && order.holds(number.compareTo(bound));
        }
    }

    /** The field is a string with this order to {@code bound}, by UTF-16 code units as in JavaScript. */
    record TextBound(int field, Order order, String bound) implements Filter {
        @Override
        public boolean holds(FieldValues values) {
            return values.get(field) instanceof String text && order.holds(text.compareTo(bound));
        }
    }

    /** The orders that a value may have to a bound. */
    enum Order {
        GT,
        GE,
        LT,
        LE;

        boolean holds(int comparison) {
            return switch (this) {
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
            };
        }
    }
}
