package io.laundrybridge.policy;

import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a caller.
 *
 * @param claim the name of the claim; null for the user's name
 */
record CallerValue(@Nullable String claim) {
    private static final String CLAIM = "claim:";

    /** Returns the value that {@code text} names: {@code user} or {@code claim:NAME}. */
    static CallerValue of(String text) {
        return new CallerValue(text.startsWith(CLAIM) ? text.substring(CLAIM.length()) : null);
    }

    /** Returns the value of {@code caller}; null if it is unknown or empty. */
    @Nullable Object of(Caller caller) {
        Object value = claim == null ? caller.name() : caller.claim(claim);
        return "".equals(value) ? null : value;
    }
}
