package io.laundrybridge.filter;

import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;
import static io.laundrybridge.config.LimitSettings.FILTER_DEPTH;
import static io.laundrybridge.config.LimitSettings.FILTER_NODES;
import static io.laundrybridge.filter.FilterOperands.bad;
import static io.laundrybridge.filter.FilterOperands.printable;

import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.RefusedLineException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a client's {@code where} into a filter, within limits. One object per filter; it must not be used again. */
public final class FilterParser {
    private static final String OPERATORS = "and, or, not, eq, ne, gt, ge, lt, le, in, prefix, exists";

    private final FilterOperands operands;
    private final FilterLimits limits;
    private int nodes;

    private FilterParser(FilterOperands operands, FilterLimits limits) {
        this.operands = operands;
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
            throw bad("channel '" + channel + "' declares no field for 'where'; select by 'keys', or have"
                    + " the operator set " + FILTER_FIELDS.of(channel));
        }
        return new FilterParser(new FilterOperands(channel, fields, limits), limits).filter(where, 1);
    }

    private Filter filter(@Nullable Object text, int depth) {
        if (depth > limits.depth()) {
            throw bad("it is nested more than " + limits.depth() + " deep; " + FILTER_DEPTH + " allows no more");
        }
        if (++nodes > limits.nodes()) {
            throw bad("it has more than " + limits.nodes() + " operators, and " + FILTER_NODES
                    + " allows no more; use 'in' for many values");
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
            case "exists" -> new Filter.Exists(operands.field(operand));
            case "eq" -> new Filter.In(operands.field(name, operand), Set.of(operands.value(name, operand)), false);
            case "ne" -> new Filter.In(operands.field(name, operand), Set.of(operands.value(name, operand)), true);
            case "in" -> new Filter.In(operands.field(name, operand), operands.choices(operand), false);
            case "prefix" -> new Filter.Prefix(operands.field(name, operand), operands.string(operand));
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
        int field = operands.field(name, operand);
        Filter.Order order = Filter.Order.valueOf(name.toUpperCase(Locale.ROOT));
        Object bound = operands.value(name, operand);
        if (bound instanceof String text) {
            return new Filter.TextBound(field, order, text);
        }
        BigDecimal number = FieldValues.decimal(bound);
        if (number == null) {
            throw bad("'" + name + "' compares with a number or a string; use 'eq' for true, false and null");
        }
        return new Filter.NumberBound(field, order, number, bound);
    }
}
