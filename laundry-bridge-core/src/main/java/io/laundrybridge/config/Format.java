package io.laundrybridge.config;

import java.util.Optional;

/**
 * How the values of a setting are written, and which are allowed. Immutable.
 *
 * @param <T> type of the values
 */
interface Format<T> {

    /** What an operator writes. */
    Kind kind();

    /** The value of {@code text}; empty if the text has another form. It may be out of bounds. */
    Optional<T> read(String text);

    /** Whether {@code value} is within the bounds. */
    boolean allows(T value);

    /** {@code value} as an operator writes it. */
    String write(T value);

    /** The allowed values in short, such as {@code 1 to 128}; empty if any is allowed. */
    String bounds();

    /** What an error says after "expected". */
    String expected();
}
