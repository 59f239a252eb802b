package io.laundrybridge.config;

/** The kinds of settings: what an operator writes as their values. */
public enum Kind {
    /** {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d} or ISO-8601. */
    DURATION,
    /** {@code 512}, {@code 64KiB}, {@code 32MiB} or {@code 1GiB}; units are powers of 1,024. */
    SIZE,
    /** A whole number. */
    COUNT,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A text of a certain form, such as a path. */
    TEXT,
    /** A text that no log and no error shows. */
    SECRET,
    /** Texts, separated by commas. */
    LIST,
    /** One of a few words. */
    CHOICE
}
