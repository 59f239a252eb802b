package io.laundrybridge.config;

import java.util.Optional;

/**
 * The way in which a setting's values are written, and which of them are allowed. Immutable.
 *
 * @param <T> type of the values
 */
interface Format<T> {
    /** The most characters of a wrong value in an error. */
    int SHOWN = 200;

    /** Returns the kind of text that an operator writes. */
    Kind kind();

    /** Returns the value of {@code text}, which may be out of bounds; empty if the text has another form. */
    Optional<T> read(String text);

    /** Returns whether {@code value} is within the bounds. */
    boolean allows(T value);

    /** Returns {@code value} as an operator writes it. */
    String write(T value);

    /** Returns the wrong value {@code text} as an error shows it. */
    default String shown(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }

    /** Returns the allowed values in short, such as {@code 1 to 128}; empty if all are allowed. */
    String bounds();

    /** Returns the words after "expected" in an error. */
    String expected();
}
