package io.laundrybridge.encode;

import io.laundrybridge.limits.ValueLimits;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a line once it has been checked. Raw line ends can only be between tokens of valid JSON; they become
 * blanks, because LF separates lines. The original is kept for plain clients, which get every byte unchanged. Not
 * thread-safe.
 */
final class CheckedJson {
    private final JsonCheck check;

    /** {@code subject} begins the sentence of an error. */
    CheckedJson(String subject, ValueLimits limits, FieldReader fields) {
        this.check = new JsonCheck(subject, limits, fields);
    }

    /** Appends {@code json}; returns it where that differs from what was appended, else null. */
    byte @Nullable [] write(byte[] json, LineBuffer out) throws UndecodableException {
        check.check(json);
        int start = out.length();
        out.append(json);
        return foldLineEnds(out.bytes(), start, out.length()) ? json : null;
    }

    private static boolean foldLineEnds(byte[] bytes, int from, int to) {
        boolean folded = false;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
                folded = true;
            }
        }
        return folded;
    }
}
