package io.laundrybridge.config;

import java.util.Optional;

/**
 * How the values of a setting are written, and which are allowed. Immutable.
 *
 * @param <T> type of the values
 */
interface Format<T> {

    /** Returns what an operator writes. */
    Kind kind();

    /** Returns the value of {@code text}; empty if the text has another form. It may be out of bounds. */
    Optional<T> read(String text);

    /** Returns whether {@code value} is within the bounds. */
    boolean allows(T value);

    /** {@code value} as an operator writes it. */
    String write(T value);

    /** Returns the allowed values in short, such as {@code 1 to 128}; empty if any is allowed. */
    String bounds();

    /** Returns what an error says after "expected". */
    String expected();
}
