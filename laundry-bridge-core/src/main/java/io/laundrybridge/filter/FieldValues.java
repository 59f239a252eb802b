package io.laundrybridge.filter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record in the fields that its channel declared. A value is a string, a boolean, a number or one of
 * the marks. Whole numbers that fit are {@link Long}, others {@link BigDecimal}, so that equal numbers are equal.
 * Immutable.
 */
public final class FieldValues {
    /** The mark of a missing field. */
    public static final Object MISSING = new Mark("missing");

    /** The mark of JSON's {@code null}. */
    public static final Object NULL = new Mark("null");

    /** The mark of a field that exists and equals nothing: an object, an array, or a number that cannot be compared. */
    public static final Object OTHER = new Mark("other");

    /** The values of a deletion, which has none. No filter matches it. */
    public static final FieldValues NOTHING = new FieldValues(new Object[0]);

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The most digits of a number that is compared. */
    private static final int MOST_DIGITS = 1_000;

    private final Object[] values;

    private record Mark(String name) {}

    /** Takes the values of the declared fields, in their order; the array must not be changed any more. */
    public FieldValues(Object[] values) {
        this.values = values;
    }

    /** Returns the value of the declared field {@code index}. */
    public Object get(int index) {
        return values[index];
    }

    /** Returns the memory held, by estimate. */
    public int bytes() {
        int bytes = values.length == 0 ? 0 : 32;
        for (Object value : values) {
            bytes += 8 + (value instanceof String text ? 48 + text.length() * 2 : 40);
        }
        return bytes;
    }

    /**
     * Returns the value for the JSON number {@code digits}; {@link #OTHER} if it is too long, or beyond any exponent.
     */
    public static Object number(String digits) {
        if (digits.length() > MOST_DIGITS) {
            return OTHER; // reading takes time that grows with the square of the length
        }
        try {
            return number(new BigDecimal(digits));
        } catch (NumberFormatException beyondAnyExponent) {
            return OTHER;
        }
    }

    /** Returns the value for {@code number}; {@link #OTHER} if it has too many digits, or no comparable form. */
    public static Object number(BigDecimal number) {
        if (number.precision() > MOST_DIGITS) {
            return OTHER;
        }
        try {
            return comparable(number);
        } catch (ArithmeticException beyondAnyExponent) {
            return OTHER; // 100e2147483647: without its zeros the exponent is not an int
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

    /** Returns {@code value} as a decimal if it is a number, else null. */
    static @Nullable BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : null;
    }
}
