package io.laundrybridge.filter;

import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses a client's {@code where} into a filter, within limits. One object per filter; it must not be used again. */
public final class FilterParser {
    private static final String OPERATORS = "and, or, not, eq, ne, gt, ge, lt, le, in, prefix, exists";

    private final String channel;
    private final FilterFields fields;
    private final FilterLimits limits;
    private int nodes;

    private FilterParser(String channel, FilterFields fields, FilterLimits limits) {
        this.channel = channel;
        this.fields = fields;
        this.limits = limits;
    }

    /**
     * Returns the filter for {@code where}.
     *
     * @throws RefusedLineException with code {@code bad_filter} and a sentence that says what was found and what is
     *     possible
     */
    public static Filter parse(
            Map<String, @Nullable Object> where, String channel, FilterFields fields, FilterLimits limits) {
        if (fields.isEmpty()) {
            throw bad("channel '" + channel + "' declares no field that 'where' may ask for; select by 'keys', or have"
                    + " the operator set laundry-bridge.channels." + channel + ".filter-fields");
        }
        return new FilterParser(channel, fields, limits).filter(where, 1);
    }

    private Filter filter(@Nullable Object text, int depth) {
        if (depth > limits.depth()) {
            throw bad("it is nested more than " + limits.depth() + " deep, which laundry-bridge.limits.filter-depth"
                    + " allows; say it flatter");
        }
        if (++nodes > limits.nodes()) {
            throw bad("it has more than " + limits.nodes() + " operators, which laundry-bridge.limits.filter-nodes"
                    + " allows; use 'in' for many values");
        }
        if (!(text instanceof Map<?, ?> object) || object.size() != 1) {
            throw bad("a filter is an object with exactly one operator, such as {\"gt\":[\"/temperature\",60]}");
        }
        Map.Entry<?, ?> only = object.entrySet().iterator().next();
        return operator(String.valueOf(only.getKey()), only.getValue(), depth);
    }

    private Filter operator(String name, @Nullable Object operand, int depth) {
        return switch (name) {
            case "and" -> new Filter.And(parts(name, operand, depth));
            case "or" -> new Filter.Or(parts(name, operand, depth));
            case "not" -> new Filter.Not(filter(operand, depth + 1));
            case "exists" -> new Filter.Exists(field(operand));
            case "eq" -> new Filter.In(field(name, operand), Set.of(value(name, operand)), false);
            case "ne" -> new Filter.In(field(name, operand), Set.of(value(name, operand)), true);
            case "in" -> new Filter.In(field(name, operand), choices(operand), false);
            case "prefix" -> new Filter.Prefix(field(name, operand), string(operand));
            case "gt", "ge", "lt", "le" -> ordered(name, operand);
            default -> throw bad("'" + printable(name) + "' is no operator; expected one of " + OPERATORS);
        };
    }

    private List<Filter> parts(String name, @Nullable Object operand, int depth) {
        if (!(operand instanceof List<?> list) || list.isEmpty()) {
            throw bad("'" + name + "' takes a list of at least one filter");
        }
        List<Filter> parts = new ArrayList<>();
        for (Object each : list) {
            parts.add(filter(each, depth + 1));
        }
        return List.copyOf(parts);
    }

    private Filter ordered(String name, @Nullable Object operand) {
        int field = field(name, operand);
        Filter.Order order = Filter.Order.valueOf(name.toUpperCase(Locale.ROOT));
        Object bound = value(name, operand);
        if (bound instanceof String text) {
            return new Filter.TextBound(field, order, text);
        }
        BigDecimal number = FieldValues.decimal(bound);
        if (number == null) {
            throw bad("'" + name + "' compares with a number or a string; use 'eq' for true, false and null");
        }
        return new Filter.NumberBound(field, order, number, bound);
    }

    private int field(String name, @Nullable Object operand) {
        return field(pair(name, operand).get(0));
    }

    private int field(@Nullable Object pointer) {
        if (!(pointer instanceof String text)) {
            throw bad("a field is named by a JSON pointer, such as \"/temperature\"; channel '" + channel
                    + "' declares " + fields);
        }
        int index = fields.indexOf(text);
        if (index < 0) {
            throw bad("channel '" + channel + "' does not declare the field '" + printable(text) + "'; it declares "
                    + fields);
        }
        return index;
    }

    private static List<?> pair(String name, @Nullable Object operand) {
        if (operand instanceof List<?> pair && pair.size() == 2) {
            return pair;
        }
        String second = name.equals("in") ? "[60,70]" : name.equals("prefix") ? "\"a\"" : "60";
        throw bad("'" + name + "' takes a field and a value, such as {\"" + name + "\":[\"/temperature\"," + second
                + "]}");
    }

    private static Object value(String name, @Nullable Object operand) {
        return constant(name, pair(name, operand).get(1));
    }

    private Set<Object> choices(@Nullable Object operand) {
        if (!(pair("in", operand).get(1) instanceof List<?> list) || list.isEmpty()) {
            throw bad(
                    "'in' takes a field and a list of at least one value, such as {\"in\":[\"/site\",[\"a\",\"b\"]]}");
        }
        if (list.size() > limits.values()) {
            throw bad("'in' lists " + list.size() + " values; laundry-bridge.limits.filter-values allows "
                    + limits.values());
        }
        return list.stream().map(each -> constant("in", each)).collect(Collectors.toUnmodifiableSet());
    }

    private static String string(@Nullable Object operand) {
        if (pair("prefix", operand).get(1) instanceof String text) {
            return text;
        }
        throw bad("'prefix' takes a field and a string, such as {\"prefix\":[\"/site\",\"a\"]}");
    }

    private static Object constant(String name, @Nullable Object given) {
        if (given == null) {
            return FieldValues.NULL;
        }
        if (given instanceof BigDecimal decimal) {
            return number(name, decimal);
        }
        if (given instanceof String || given instanceof Long || given instanceof Boolean) {
            return given;
        }
        throw bad("'" + name + "' compares with a number, a string, true, false or null, not with a list or an object");
    }

    private static Object number(String name, BigDecimal given) {
        Object number = FieldValues.number(given);
        if (number.equals(FieldValues.OTHER)) {
            throw bad("'" + name + "' holds a number that cannot be compared; use exponents from -2147483647 to"
                    + " 2147483647");
        }
        return number;
    }

    private static String printable(String text) {
        String safe = Objects.requireNonNull(text).replaceAll("[^\\x20-\\x7e]|[\"'\\\\]", "?");
        return safe.length() > 64 ? safe.substring(0, 64) + "..." : safe;
    }

    private static RefusedLineException bad(String message) {
        return new RefusedLineException(
                ErrorCode.BAD_FILTER, message.startsWith("channel") ? message : "'where': " + message);
    }
}
