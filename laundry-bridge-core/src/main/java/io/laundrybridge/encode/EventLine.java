package io.laundrybridge.encode;

import io.laundrybridge.filter.FieldValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event as a line of the protocol, in the layout of {@link EventLayout}. An encoder's line is valid until its next
 * call; {@link #copy} makes a lasting one.
 *
 * @param bytes holds the line in its first {@code length} bytes, without a line end
 * @param valueFrom where the value begins
 * @param key the key's text, or null
 * @param original the value as plain clients get it, if that differs from the line's; else null
 * @param fields what the value has in the channel's filter fields; null if it declares none
 */
public record EventLine(
        byte[] bytes,
        int length,
        int valueFrom,
        @Nullable String key,
        byte @Nullable [] original,
        @Nullable FieldValues fields) {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** Returns the event without a place that {@code key} of {@code channel} has no value. */
    public static EventLine absent(String channel, String key, long timestamp) {
        LineBuffer line = new LineBuffer();
        int valueFrom = EventLayout.writeAbsent(line, channel, key, timestamp);
        return new EventLine(line.bytes(), line.length(), valueFrom, key, null, FieldValues.NOTHING);
    }

    /** Returns this line with bytes of its own. */
    public EventLine copy() {
        return new EventLine(Arrays.copyOf(bytes, length), length, valueFrom, key, original, fields);
    }

    /** Returns whether the value is JSON's {@code null}, so that the key has no value any more. */
    public boolean isDeletion() {
        int from = valueFrom;
        int end = EventLayout.valueEnd(length);
        while (from < end && bytes[from] <= ' ') {
            from++;
        }
        while (end > from && bytes[end - 1] <= ' ') {
            end--;
        }
        return Arrays.equals(bytes, from, end, NULL, 0, NULL.length);
    }

    /** Returns the memory held beside the line, by estimate. */
    public long extraBytes() {
        return (original == null ? 0 : original.length) + (fields == null ? 0L : fields.bytes());
    }
}
