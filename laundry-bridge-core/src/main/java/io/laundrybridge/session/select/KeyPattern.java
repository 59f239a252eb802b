package io.laundrybridge.session.select;

/**
 * Reads the patterns of keys that clients send. A trailing {@code *} selects by prefix, {@code \*} is a literal star,
 * and two backslashes before a star are one.
 */
final class KeyPattern {
    private KeyPattern() {}

    /** Returns whether {@code pattern} ends in a star after an even number of backslashes. */
    static boolean isPrefix(String pattern) {
        int star = pattern.length() - 1;
        return star >= 0 && pattern.charAt(star) == '*' && backslashes(pattern, star) % 2 == 0;
    }

    /** Returns the key in {@code pattern} or, without its star, the prefix. */
    static String literal(String pattern) {
        int end = isPrefix(pattern) ? pattern.length() - 1 : pattern.length();
        StringBuilder said = new StringBuilder(end);
        for (int at = 0; at < pattern.length(); at++) {
            if (pattern.charAt(at) == '*') {
                int run = backslashes(pattern, at);
                said.setLength(said.length() - run + run / 2);
            }
            if (at < end) {
                said.append(pattern.charAt(at));
            }
        }
        return said.toString();
    }

    private static int backslashes(String pattern, int star) {
        int first = star;
        while (first > 0 && pattern.charAt(first - 1) == '\\') {
            first--;
        }
        return star - first;
    }
}
