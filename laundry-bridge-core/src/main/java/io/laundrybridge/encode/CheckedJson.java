package io.laundrybridge.encode;

import io.laundrybridge.limits.ValueLimits;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON and writes it into a line. Raw line ends can only be between tokens of valid JSON; they become blanks,
 * because LF separates lines. The original is kept for plain clients, which get every byte unchanged. Not thread-safe.
 */
final class CheckedJson {
    private final JsonCheck check;

    /** Makes a writer; {@code subject} begins the sentence of its errors. */
    CheckedJson(String subject, ValueLimits limits, FieldReader fields) {
        this.check = new JsonCheck(subject, limits, fields);
    }

    /**
     * Appends {@code json}.
     *
     * @return {@code json} if it differs from what was appended, else null
     */
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
