package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The value as Kafka has it. Raw line ends can only stand between tokens of valid JSON; they become blanks, because
 * lines are separated by LF, and the original is kept for clients that are promised every byte.
 */
final class JsonPassThrough implements ValueWriter {
    private final JsonCheck check;

    JsonPassThrough(ValueLimits limits, FieldReader fields) {
        this.check = new JsonCheck(limits, fields);
    }

    @Override
    public byte @Nullable [] write(SourceRecord record, byte[] value, LineBuffer out) throws UndecodableException {
        check.check(value);
        int start = out.length();
        out.append(value);
        return foldLineEnds(out.bytes(), start, out.length()) ? value : null;
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
