package io.laundrybridge.filter;

import static io.laundrybridge.config.LimitSettings.FILTER_VALUES;

import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operands of a client's operators: fields and the values they are compared with. Every refusal says what
 * is possible.
 */
final class FilterOperands {
    private final String channel;
    private final FilterFields fields;
    private final FilterLimits limits;

    FilterOperands(String channel, FilterFields fields, FilterLimits limits) {
        this.channel = channel;
        this.fields = fields;
        this.limits = limits;
    }

    /** Returns the number of the field in {@code operand}, a pair of a field and a value. */
    int field(String name, @Nullable Object operand) {
        return field(pair(name, operand).get(0));
    }

    /** Returns the number of the field that {@code pointer} names. */
    int field(@Nullable Object pointer) {
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

    /** Returns the value in {@code operand}, a pair of a field and a value. */
    Object value(String name, @Nullable Object operand) {
        return constant(name, pair(name, operand).get(1));
    }

    /** Returns the values in {@code operand}, a pair of a field and a list. */
    Set<Object> choices(@Nullable Object operand) {
        if (!(pair("in", operand).get(1) instanceof List<?> list) || list.isEmpty()) {
            throw bad(
                    "'in' takes a field and a list of at least one value, such as {\"in\":[\"/site\",[\"a\",\"b\"]]}");
        }
        if (list.size() > limits.values()) {
            throw bad("'in' lists " + list.size() + " values; " + FILTER_VALUES + " allows " + limits.values());
        }
        return list.stream().map(each -> constant("in", each)).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the string in {@code operand}, a pair of a field and a string. */
    String string(@Nullable Object operand) {
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

    /** Returns {@code text} in a form for messages. */
    static String printable(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]|[\"'\\\\]", "?");
        return safe.length() > 64 ? safe.substring(0, 64) + "..." : safe;
    }

    /** Returns a refusal of the whole filter. */
    static RefusedLineException bad(String message) {
        return new RefusedLineException(
                ErrorCode.BAD_FILTER, message.startsWith("channel") ? message : "'where': " + message);
    }
}
