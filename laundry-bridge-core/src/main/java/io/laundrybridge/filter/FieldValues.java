package io.laundrybridge.filter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one record has in the fields that its channel declared: strings, booleans, numbers ({@link Long} where they are
 * whole and fit, else {@link BigDecimal}, so that equal numbers are equal), or one of the marks. Immutable.
 */
public final class FieldValues {
    /** The field is not there. */
    public static final Object MISSING = new Mark("missing");

    /** The field is JSON's {@code null}. */
    public static final Object NULL = new Mark("null");

    /** The field is an object, an array, or a number beyond comparing: it exists, and equals nothing. */
    public static final Object OTHER = new Mark("other");

    /** There is no value: a deletion. No filter matches it. */
    public static final FieldValues NOTHING = new FieldValues(new Object[0]);

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The longest number that is compared. */
    private static final int MOST_DIGITS = 1_000;

    private final Object[] values;

    private record Mark(String name) {}

    /** The values of the declared fields, in their order; the array is not to be changed any more. */
    public FieldValues(Object[] values) {
        this.values = values;
    }

    /** The value of the declared field {@code index}. */
    public Object get(int index) {
        return values[index];
    }

    /** Memory held. An estimate. */
    public int bytes() {
        int bytes = values.length == 0 ? 0 : 32;
        for (Object value : values) {
            bytes += 8 + (value instanceof String text ? 48 + text.length() * 2 : 40);
        }
        return bytes;
    }

    /** What stands for the JSON number {@code digits}; {@link #OTHER} if it is too long, or beyond any exponent. */
    public static Object number(String digits) {
        if (digits.length() > MOST_DIGITS) {
            return OTHER; // reading it takes time that grows with the square of its length
        }
        try {
            return number(new BigDecimal(digits));
        } catch (NumberFormatException beyondAnyExponent) {
            return OTHER;
        }
    }

    /** What stands for {@code number}; {@link #OTHER} if it has too many digits, or no comparable form. */
    public static Object number(BigDecimal number) {
        if (number.precision() > MOST_DIGITS) {
            return OTHER;
        }
        try {
            return comparable(number);
        } catch (ArithmeticException beyondAnyExponent) {
            return OTHER; // 100e2147483647: without its zeros the exponent is no int
        }
    }

    private static Object comparable(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - (long) plain.scale() <= 19;
        if (whole && plain.compareTo(LEAST) >= 0 && plain.compareTo(MOST) <= 0) {
            return plain.longValue();
        }
        return plain;
    }

    /** {@code value} as a decimal if it is a number, else null. */
    static @Nullable BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : null;
    }
}
